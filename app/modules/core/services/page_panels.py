"""What other modules add to a page, for those who may see it."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.contracts.panels import panels
from app.kit.http.context import RequestContext
from app.kit.templating import render


@dataclass(frozen=True)
class PagePanels:
    """The panels of one page in their order: their markup, and what the page loads for them."""

    parts: tuple[Markup, ...]
    scripts: tuple[str, ...]
    message_prefixes: list[str]


def page_panels(context: RequestContext, page: str, **values: Any) -> PagePanels:
    """Return the panels of `page` that the reader may see; `values` reach their templates,
    and `may(permission)`."""
    holder = context.place or context.principal
    if holder is None:
        return PagePanels((), (), [])
    shown = [one for one in panels() if one.page == page and holder.may(one.permission)]
    shown.sort(key=lambda one: one.order)
    given = {"may": holder.may, **values}
    return PagePanels(
        parts=tuple(Markup(render(one.template, **given)) for one in shown),  # noqa: S704 - escaped by the engine
        scripts=tuple(one.script for one in shown if one.script is not None),
        message_prefixes=[prefix for one in shown for prefix in one.message_prefixes],
    )
