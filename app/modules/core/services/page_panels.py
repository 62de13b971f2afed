"""What other modules add to a page, for those who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.contracts.panels import Panel, panels
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
    may = _may_nothing if holder is None else holder.may
    found = [one for one in panels() if one.page == page and _is_seen(one, may)]
    given = [(one, one.values() if one.values else {}) for one in found]
    shown = sorted((pair for pair in given if pair[1] is not None), key=lambda pair: pair[0].order)
    return PagePanels(
        parts=tuple(
            Markup(render(one.template, may=may, **values, **(own or {})))  # noqa: S704 - escaped by the engine
            for one, own in shown
        ),
        scripts=tuple(one.script for one, _ in shown if one.script is not None),
        message_prefixes=[prefix for one, _ in shown for prefix in one.message_prefixes],
    )


def _may_nothing(_permission: str) -> bool:
    return False


def _is_seen(panel: Panel, may: Callable[[str], bool]) -> bool:
    return panel.permission is None or may(panel.permission)
