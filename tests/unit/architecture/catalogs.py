"""The catalogs of all modules, read apart from the product so that every form is seen."""

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from devtools.paths import ROOT
from tests.unit.architecture.sources import Finding

LOCALES = ("de", "en", "fr", "lb")


@dataclass(frozen=True)
class Entry:
    """One text: its forms, more than one where it counts something."""

    forms: tuple[str, ...]
    is_plural: bool

    @property
    def parameters(self) -> frozenset[str]:
        """Names in braces, over all forms."""
        parsed = [part for form in self.forms for part in string.Formatter().parse(form)]
        return frozenset(name for _, name, _, _ in parsed if name is not None)


Texts = dict[str, Entry]  # by key
Folder = dict[str, dict[str, Texts]]  # by locale, then by file name


def locale_folders() -> list[Path]:
    """The catalogs' folder of each module."""
    return sorted(ROOT.glob("app/modules/*/locales"))


@cache
def read_folder(folder: Path) -> Folder:
    """Every catalog of one module."""
    return {
        locale: {path.name: read(path, locale) for path in sorted((folder / locale).glob("*.po"))}
        for locale in LOCALES
    }


def read(path: Path, locale: str) -> Texts:
    """One catalog file."""
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale=locale) if message.id]
    return {
        message.id if isinstance(message.id, str) else message.id[0]: Entry(
            forms=(message.string,)
            if isinstance(message.string, str)
            else tuple(message.string or ()),
            is_plural=bool(message.pluralizable),
        )
        for message in messages
    }


def all_texts(locale: str) -> Texts:
    """Every text of one language."""
    return {
        key: entry
        for folder in locale_folders()
        for texts in read_folder(folder)[locale].values()
        for key, entry in texts.items()
    }


def incomplete(folder: Folder) -> list[Finding]:
    """What a language lacks of what the others have: files, keys, parameters, forms, words."""
    found = []
    for name in sorted({name for files in folder.values() for name in files}):
        of_file = {locale: folder[locale].get(name, {}) for locale in LOCALES}
        for key in sorted({key for texts in of_file.values() for key in texts}):
            entries = {locale: texts.get(key) for locale, texts in of_file.items()}
            found += [f"{name} {key}: {what}" for what in _differences(entries)]
    return found


def _differences(entries: dict[str, Entry | None]) -> list[str]:
    absent = [locale for locale, entry in entries.items() if entry is None]
    if absent:
        return [f"is missing in {', '.join(absent)}"]
    present = {locale: entry for locale, entry in entries.items() if entry is not None}
    found = []
    if len({entry.parameters for entry in present.values()}) > 1:
        found.append("the languages name different parameters")
    if len({entry.is_plural for entry in present.values()}) > 1:
        found.append("counts in some languages only")
    for locale, entry in present.items():
        wanted = get_plural(locale).num_plurals if entry.is_plural else 1
        if len(entry.forms) != wanted or not all(form.strip() for form in entry.forms):
            found.append(f"has an empty or missing form in {locale}")
    return found


def same_words(folder: Folder, allowed: frozenset[str]) -> list[Finding]:
    """Luxembourgish texts that are word for word those of another language."""
    return [
        f"{name} {key}: {entry.forms[0]!r} is also {other}"
        for name, texts in folder["lb"].items()
        for key, entry in texts.items()
        for other in ("de", "fr", "en")
        if _is_same(entry, folder[other].get(name, {}).get(key), allowed)
    ]


def _is_same(entry: Entry, other: Entry | None, allowed: frozenset[str]) -> bool:
    return other is not None and entry.forms == other.forms and entry.forms[0] not in allowed
