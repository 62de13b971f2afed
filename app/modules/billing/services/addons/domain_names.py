"""Which domain names can be bought (D30); pure."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import idna

if TYPE_CHECKING:
    from tldextract import TLDExtract

LONGEST = 253
_NEVER_IN_NAMES = frozenset("/\\:?#@ \t\r\n")


class Unfit(StrEnum):
    """Why a text is no name to buy; names the text `billing.addons.domain.<value>`."""

    EMPTY = "empty"
    SCHEME_OR_PATH = "scheme_or_path"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    SUFFIX_UNKNOWN = "suffix_unknown"
    SUFFIX_ALONE = "suffix_alone"
    SUBDOMAIN = "subdomain"


@dataclass(frozen=True, slots=True)
class DomainName:
    """A name that can be registered: `ascii` is stored and asked for, `shown` is for people."""

    ascii: str
    shown: str


def read_domain_name(text: str) -> DomainName | Unfit:
    """Read what was typed by IDNA 2008, in lower case, or say why it is no name to register.

    It is one label before a public suffix (`example.lu`, `example.co.uk`): what stands before
    that is set up by whoever has the name.
    """
    typed = text.strip().removesuffix(".")
    if not typed:
        return Unfit.EMPTY
    if _NEVER_IN_NAMES & set(typed):
        return Unfit.SCHEME_OR_PATH
    if len(typed) > LONGEST:
        return Unfit.TOO_LONG
    name = _encoded(typed)
    return name if isinstance(name, Unfit) else _registrable(name)


def shown_domain(ascii_name: str) -> str:
    """Return a stored name as people write it."""
    return idna.decode(ascii_name)


def _encoded(typed: str) -> str | Unfit:
    try:
        return idna.encode(typed, uts46=True, std3_rules=True).decode()
    except idna.IDNAError as wrong:
        return Unfit.TOO_LONG if "too long" in str(wrong) else Unfit.CHARACTERS


def _registrable(name: str) -> DomainName | Unfit:
    parts = _suffixes()(name)
    if not parts.suffix:
        return Unfit.SUFFIX_UNKNOWN
    if not parts.domain:
        return Unfit.SUFFIX_ALONE
    if parts.subdomain:
        return Unfit.SUBDOMAIN
    return DomainName(name, shown_domain(name))


@cache
def _suffixes() -> "TLDExtract":
    """The list of public suffixes that came with the library; nothing is fetched or kept."""
    from tldextract import TLDExtract  # noqa: PLC0415 - it brings requests along

    return TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)
