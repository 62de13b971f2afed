"""The left rail: entries that the modules declare and the reader may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.contracts.navigation import Area, NavigationEntry, navigation
from app.kit.http.context import RequestContext
from app.kit.i18n import translate


@dataclass(frozen=True)
class RailEntry:
    """One link of the rail, in the reader's language."""

    label: str
    href: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class RailGroup:
    """Links under one heading."""

    label: str
    entries: tuple[RailEntry, ...]


def rail(context: RequestContext, path: str) -> list[RailGroup]:
    """Return the groups of the area that `path` belongs to, without what the reader may not."""
    entries = [entry for entry in navigation() if _may_open(entry, context)]
    first_of_group: dict[str, int] = {}
    for entry in entries:
        first_of_group[entry.group] = min(entry.order, first_of_group.get(entry.group, entry.order))
    entries.sort(key=lambda entry: (first_of_group[entry.group], entry.group, entry.order))
    params = context.place.params if context.place else {}
    hrefs = [entry.href.format(**params) for entry in entries]
    current = _current(hrefs, path)
    query = context.place.query if context.place else ""
    linked = list(zip(entries, hrefs, strict=True))
    return [
        RailGroup(
            translate(group), tuple(_link(*one, query=query, current=current) for one in members)
        )
        for group, members in groupby(linked, key=lambda one: one[0].group)
    ]


def _may_open(entry: NavigationEntry, context: RequestContext) -> bool:
    if context.principal is None:
        return False
    if context.place is not None:
        return entry.area == context.place.area and context.place.may(entry.permission)
    return entry.area is Area.ADMIN and context.principal.may(entry.permission)


def _current(hrefs: Sequence[str], path: str) -> str | None:
    """The entry whose address is the longest beginning of the path."""
    matching = [href for href in hrefs if path == href or path.startswith(f"{href}/")]
    return max(matching, key=len, default=None)


def _link(entry: NavigationEntry, href: str, *, query: str, current: str | None) -> RailEntry:
    return RailEntry(translate(entry.label), href + query, entry.icon, href == current)
