"""Texts from gettext catalogs and formats from Babel, in German, English, French, Luxembourgish.

Catalogs are `locales/<locale>/<topic>.po` inside each module; message ids are keys such as
`ui.save`, parameters stand in braces. They are read as they are, so that a module from elsewhere
needs no build step.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path
from typing import Any

import structlog
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

LOCALES = ("de", "en", "fr", "lb")
DEFAULT_LOCALE = "en"

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Texts:
    """All texts of one locale: a key has one form, or one for each plural of the language."""

    locale: str
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def plural_index(self, count: int) -> int:
        """Which form a number takes in this language."""
        rule = c2py(get_plural(self.locale).plural_expr)
        return int(rule(count))


class CatalogError(Exception):
    """A catalog cannot be used; the text names the file and the key."""


class Catalogs:
    """The texts of all modules, one `Texts` a locale."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        paths = list(folders)
        self._texts = {locale: Texts(locale, _load(paths, locale)) for locale in LOCALES}

    def texts(self, locale: str) -> Texts:
        """Return the texts of a locale."""
        return self._texts[locale]

    def having(self, locale: str, prefixes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Return the entries whose key begins with one of `prefixes`; for scripts."""
        forms = self._texts[locale].forms
        return {key: value for key, value in forms.items() if key.startswith(prefixes)}


def configure_catalogs(catalogs: Catalogs) -> None:
    """Install the catalogs of this process."""
    global _catalogs
    _catalogs = catalogs


def catalogs() -> Catalogs:
    """Return the catalogs of this process."""
    return _catalogs


def current_locale() -> str:
    """Return the language of the present request or mail."""
    return _locale.get()


def use_locale(locale: str) -> None:
    """Set the language of the present request or mail."""
    _locale.set(locale)


def translate(key: str, locale: str | None = None, **params: Any) -> str:
    """Return the text of `key` with its parameters filled in.

    A key that no catalog knows is answered as it is and logged: a page with one odd word is
    better than none.
    """
    return _fill(key, _forms(key, locale)[0], params)


def translate_count(key: str, count: int, locale: str | None = None, **params: Any) -> str:
    """Return the form of `key` that fits `count`, which the text may use as `{count}`."""
    texts = _catalogs.texts(locale or current_locale())
    forms = _forms(key, locale)
    form = forms[min(texts.plural_index(count), len(forms) - 1)]
    return _fill(key, form, {"count": count, **params})


def knows(key: str) -> bool:
    """Tell whether the catalogs have `key`."""
    return key in _catalogs.texts(DEFAULT_LOCALE).forms


def best_locale(accept_language: str) -> str:
    """Choose among our languages by an `Accept-Language` header; English if none fits."""
    for wanted in _by_quality(accept_language):
        primary = wanted.split("-")[0].lower()
        if primary in LOCALES:
            return primary
    return DEFAULT_LOCALE


def _by_quality(header: str) -> list[str]:
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weighed.append((-float(quality or 1), place, tag))
        except ValueError:
            continue
    return [tag for _, _, tag in sorted(weighed)]


def _forms(key: str, locale: str | None) -> tuple[str, ...]:
    forms = _catalogs.texts(locale or current_locale()).forms.get(key)
    if forms is None:
        _log.error("text_missing", key=key, locale=locale or current_locale())
        return (key,)
    return forms


def _fill(key: str, text: str, params: Mapping[str, Any]) -> str:
    try:
        return text.format_map(params) if params else text
    except (KeyError, IndexError, ValueError):
        _log.error("text_parameter_missing", key=key)
        return text


def _load(folders: list[Path], locale: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for path in _catalog_files(folders, locale):
        for key, form in _entries(path, locale):
            if key in forms:
                raise CatalogError(f"{path}: the key {key} is already in another catalog")
            forms[key] = form
    return forms


def _catalog_files(folders: list[Path], locale: str) -> Iterator[Path]:
    for folder in folders:
        files = sorted((folder / locale).glob("*.po"))
        if not files:
            raise CatalogError(f"{folder}: there are no texts in the language {locale!r}")
        yield from files


def _entries(path: Path, locale: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    with path.open("rb") as file:
        catalog: Catalog = read_po(file, locale=locale)
    for message in catalog:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        yield key, tuple(str(text) for text in texts)


_catalogs = Catalogs()
