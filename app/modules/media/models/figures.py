"""Figures of storage as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Amount(NamedTuple):
    """Files, the objects that they consist of, and the objects' bytes."""

    files: int
    objects: int
    byte_size: int

    def taken_away(self) -> "Amount":
        """Return the same with the opposite sign."""
        return Amount(-self.files, -self.objects, -self.byte_size)


NOTHING = Amount(0, 0, 0)


@dataclass(frozen=True)
class Share:
    """How much is in one folder, or of one kind."""

    name: str
    amount: Amount


@dataclass(frozen=True)
class StorageFigures:
    """What is stored in all, by kind and by folder, the largest first."""

    whole: Amount
    by_kind: Sequence[Share]
    by_folder: Sequence[Share]


@dataclass(frozen=True)
class StoreStorage:
    """What one store has stored."""

    merchant_id: int
    store_id: int
    amount: Amount
