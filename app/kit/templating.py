"""Pages and mails from Jinja2 templates; the only door to the template engine.

Every template gets the texts of the reader's language, formats and versioned addresses of
static files. What the shell shows (navigation, who is signed in) is added by context functions
that bootstrap registers.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from app.kit import formats, i18n
from app.kit.static_files import StaticFiles

Context = Mapping[str, Any]


class Templates:
    """All templates of all modules, by `<module>/<path>.html`."""

    def __init__(self, folders: Iterable[Path], static: StaticFiles) -> None:
        self.static = static
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "money": formats.money_text,
            "number": formats.number_text,
            "date": formats.date_text,
            "datetime": formats.datetime_text,
        }
        self._environment.globals |= {
            "t": i18n.translate,
            "tn": i18n.translate_count,
            "asset": static.url,
            "icon": partial(_icon, static),
            "messages_json": _messages_json,
            "format_json": _format_json,
            "locales": i18n.LOCALES,
        }

    def add_global(self, name: str, value: Any) -> None:
        """Offer `value` to every template under `name`."""
        self._environment.globals[name] = value

    def render(self, template: str, context: Context) -> str:
        """Render one template in the current language."""
        return self._environment.get_template(template).render(
            locale=i18n.current_locale(), **context
        )


_templates: Templates | None = None
_context_functions: list[Callable[[Any], Context]] = []


def configure_templates(
    templates: Templates, context_functions: Iterable[Callable[[Any], Context]] = ()
) -> None:
    """Install the templates of this process and what every page is given beside its own values."""
    global _templates
    _templates = templates
    _context_functions[:] = context_functions


def templates() -> Templates:
    """Return the templates of this process."""
    if _templates is None:
        raise RuntimeError("bootstrap has not configured templates")
    return _templates


def render(template: str, **context: Any) -> str:
    """Render a template without a request; for mails."""
    return templates().render(template, context)


def render_page(request: Any, template: str, **context: Any) -> str:
    """Render a page of a request, with what the shell shows around it."""
    shared: dict[str, Any] = {"request": request}
    for function in _context_functions:
        shared |= function(request)
    return templates().render(template, shared | context)


def _icon(static: StaticFiles, name: str, size: int = 16) -> Markup:
    """Markup of an icon of the sprite; hidden from screen readers, words say the meaning."""
    return Markup(
        '<svg class="icon" width="{size}" height="{size}" aria-hidden="true">'
        '<use href="{href}#{name}"></use></svg>'
    ).format(size=size, href=static.url("icons.svg"), name=name)


def _messages_json(*prefixes: str) -> Markup:
    return _json(i18n.catalogs().having(i18n.current_locale(), prefixes))


def _format_json() -> Markup:
    return _json(formats.format_rules(i18n.current_locale()))


def _json(value: Any) -> Markup:
    """JSON that cannot end the script element that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(  # noqa: S704 - the three characters that could end the element are escaped
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )
