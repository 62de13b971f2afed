"""Finding what texts and JSON of tables say of somebody, and blotting it out (D28)."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import quote

import idna
from sqlalchemy import ColumnElement, Select, String, cast, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

ERASED_NAME = "erased"
ERASED_EMAIL = "erased@erased.invalid"  # RFC 2606: no mail reaches it
_SECRETS = ("hash", "seed")
# What a longer address or name would go on with; in JSON that is kept as text a word may follow
# an escaped line break.
_AROUND_EMAIL = r"(?:(?<![\w.+-])|(?<=\\[nrt]))", r"(?![\w-]|[.@]\w)"
_AROUND_NAME = r"(?:(?<!\w)|(?<=\\[nrt]))", r"(?!\w)"

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Mentions:
    """Ways to write an address, and full names, as they may stand in texts.

    A single word is no full name: it would be found where somebody else, or something, is meant.
    """

    emails: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, email: str, names: Iterable[str]) -> Self:
        """What mentions somebody; mails go to the ASCII form of a domain."""
        full_names = frozenset(name for name in names if " " in name.strip())
        user, at, domain = email.rpartition("@")
        if domain.isascii():
            return cls(frozenset({email}), full_names)
        ascii_domain = idna.encode(domain, uts46=True).decode()
        return cls(frozenset({email, f"{user}{at}{ascii_domain}"}), full_names)

    def within(self, *columns: Column) -> ColumnElement[bool]:
        """The condition that a word may be in one of these columns; `found_in` makes sure."""
        texts = [cast(column, String) for column in columns]
        words = sorted({way for word in self.emails | self.names for way in _spellings(word)})
        return or_(*(text.icontains(word, autoescape=True) for text in texts for word in words))

    def found_in(self, *values: Any) -> bool:
        """Whether one of these texts or JSON values mentions the person."""
        return any(self.blotted(value) != value for value in values)

    def blotted(self, value: Any) -> Any:
        """Return a text or a JSON value without the words."""
        match value:
            case str():
                return self._names.sub(ERASED_NAME, self._email.sub(ERASED_EMAIL, value))
            case dict():
                return {self.blotted(key): self.blotted(inner) for key, inner in value.items()}
            case list():
                return [self.blotted(inner) for inner in value]
        return value

    @cached_property
    def _email(self) -> re.Pattern[str]:
        return _pattern(self.emails, _AROUND_EMAIL)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return _pattern(self.names, _AROUND_NAME)


def rows_of(session: Session, query: Select[Any]) -> list[dict[str, Any]]:
    """Return rows of one table without hashes and secrets; `query` selects its class."""
    return [
        {name: value for name, value in row.items() if not any(one in name for one in _SECRETS)}
        for row in session.execute(select(*query.subquery().columns)).mappings()
    ]


def united(
    rows: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return all of these rows of one table, none twice."""
    return [*rows, *(row for row in others if row not in rows)]


def find_mentions(
    session: Session, mentions: Mentions, columns: Iterable[Column]
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that mention somebody in one of these columns, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, of_model in _by_model(columns).items():
        names = [one.key for one in of_model]
        rows = rows_of(session, select(model).where(mentions.within(*of_model)))
        true = [row for row in rows if mentions.found_in(*(row[name] for name in names))]
        if true:
            found[model.__tablename__] = true
    return found


def blot_out(session: Session, mentions: Mentions, columns: Iterable[Column]) -> Counter[str]:
    """Blot somebody out of these columns; returns how many rows were changed, by table."""
    session.flush()
    counts: Counter[str] = Counter()
    for model, of_model in _by_model(columns).items():
        table = model.__table__
        keys = list(table.primary_key.columns)
        wanted = select(*keys, *(getattr(model, one.key).label(one.key) for one in of_model))
        for row in session.execute(wanted.where(mentions.within(*of_model))).mappings().all():
            values = _changes(mentions, {one.key: row[one.key] for one in of_model})
            if not values:
                continue
            if "version" in table.columns:
                values["version"] = table.c.version + 1
            session.execute(
                update(table).where(*(key == row[key.name] for key in keys)).values(values)
            )
            counts[model.__tablename__] += 1
    session.expire_all()
    return counts


def _changes(mentions: Mentions, values: Mapping[str, Any]) -> dict[str, Any]:
    blotted = {name: mentions.blotted(value) for name, value in values.items()}
    return {name: value for name, value in blotted.items() if value != values[name]}


def _by_model(columns: Iterable[Column]) -> dict[Any, list[Column]]:
    found: dict[Any, list[Column]] = {}
    for column in columns:
        found.setdefault(column.class_, []).append(column)
    return found


def _spellings(word: str) -> set[str]:
    """The word as it is, in JSON, and in an address of the web."""
    return {word, quote(word), json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}


def _pattern(words: Iterable[str], around: tuple[str, str]) -> re.Pattern[str]:
    spellings = sorted({way for word in words for way in _spellings(word)}, key=len, reverse=True)
    if not spellings:
        return re.compile(r"(?!)")
    ways = "|".join(map(re.escape, spellings))
    return re.compile(f"{around[0]}(?:{ways}){around[1]}", re.IGNORECASE)
