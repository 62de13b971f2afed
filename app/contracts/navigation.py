"""Entries of the left rail, declared by the modules whose pages they open."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.contracts.ports import Port


class Area(StrEnum):
    """The three rooms of the product; each has a rail of its own."""

    ADMIN = "admin"
    MERCHANT = "merchant"
    STORE = "store"


@dataclass(frozen=True)
class NavigationEntry:
    """One link. `href` may hold `{store_code}`; `group` and `label` are keys of the catalogs.

    `order` sorts groups by their first entry and entries in their group.
    """

    area: Area
    group: str
    label: str
    href: str
    icon: str
    permission: str
    order: int = 100
    feature: str | None = None


navigation: Port[Sequence[NavigationEntry]] = Port("navigation")
