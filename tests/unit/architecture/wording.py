"""What is wrong with the wording of a text: words, typography and the Luxembourgish n."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from devtools.paths import ROOT

GLOSSARY = ROOT / "docs/contributing/glossary.md"
_ROW = re.compile(r"^\| (de|en|fr|lb) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A pattern that no text of a language may have."""

    pattern: re.Pattern[str]
    complaint: str


def rules(locale: str) -> list[Rule]:
    """All rules of one language: those of every language, its typography, its unused words."""
    found = [*_EVERYWHERE, *_TYPOGRAPHY[locale]]
    for language, words, instead in _ROW.findall(GLOSSARY.read_text(encoding="utf-8")):
        if language == locale:
            found.append(Rule(_any_of(words.split(", ")), f"say {instead}"))
    return found


def complaints(text: str, locale: str, held: Iterable[Rule]) -> list[str]:
    """What is wrong with one text."""
    found = [
        f"{match[0]!r}: {rule.complaint}" for rule in held for match in rule.pattern.finditer(text)
    ]
    return found + (list(_wrong_n(text)) if locale == "lb" else [])


def _rule(pattern: str, complaint: str) -> Rule:
    return Rule(re.compile(pattern), complaint)


def _any_of(words: list[str]) -> re.Pattern[str]:
    ends = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<![\w-])(?:{ends})(?![\w-])", re.IGNORECASE)


_EVERYWHERE = [
    _rule(r"""['"]""", "straight mark, take the curved one"),
    _rule(r"\.\.\.", "take one ellipsis"),
    _rule(r"!", "no exclamation mark"),
    _rule(r"^\s|\s$|  ", "superfluous space"),
]
_LOW_HIGH = [
    _rule(r"[«»”]", "quotation marks are „ and “"),
    _rule(r"„[^“]*$|^[^„]*“", "quotation mark without its partner"),
    _rule(r"(?<![\u00a0-])%", "no-break space before %"),
    _rule(r" …", "no-break space before the ellipsis"),
]
_TYPOGRAPHY = {
    "de": _LOW_HIGH,
    "lb": _LOW_HIGH,
    "en": [
        _rule(r"[„«»]", "quotation marks are “ and ”"),
        _rule(r"“[^”]*$|^[^“]*”", "quotation mark without its partner"),
        _rule(r"\s[%…;:?]", "no space before it"),
    ],
    "fr": [
        _rule(r"[„“”]", "quotation marks are « and »"),
        _rule(r"«(?!\u202f)|(?<!\u202f)[;?%»]", "narrow no-break space beside it"),
        _rule(r"(?<![\u202f\d]):(?!//)", "narrow no-break space before it"),
        _rule(r"\s…", "no space before it"),
    ],
}

# Words that lose their n; all others of this kind end in an unstressed -en.
_LOSE_N = (
    "an|dann|den|deen|een|en|eran|hien|hunn|ginn|kann|keen|schonn|sinn|un|virun|vun|wann|wien"
    r"|\w*[^\We]en|\w+ën"
)
_LOST_N = "a|de|dee|e|hu|gi|ka|kee|scho|u|vu|wa"
_KEEPS_N = "aeiouyäëéèêöüâîôûnàdtzhAEIOUYÄËÉÈÊÖÜÂÎÔÛNÀDTZH"
_TOO_MANY = re.compile(rf"(?<![\w’-])(?i:{_LOSE_N}) [„“]?(?!\w*[A-Z]{{2}})(?=[^\W\d_{_KEEPS_N}])")
_TOO_FEW = re.compile(rf"(?<![\w’-])(?i:{_LOST_N}) [„“]?(?!\w*[A-Z]{{2}})(?=[{_KEEPS_N}])")


def _wrong_n(text: str) -> Iterable[str]:
    for match in _TOO_MANY.finditer(text):
        yield f"{match[0]!r}: the n falls before this consonant"
    for match in _TOO_FEW.finditer(text):
        yield f"{match[0]!r}: the n stays before this letter"
