"""Shapes of storage figures."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel

from app.modules.media.models.figures import Share, StorageFigures, StoreStorage


class ShareOut(BaseModel):
    """How much is in a folder, or of a kind; `objects` counts smaller pictures too."""

    name: str
    files: int
    objects: int
    byte_size: int

    @classmethod
    def all_of(cls, shares: Sequence[Share]) -> list[Self]:
        """Describe shares."""
        return [cls(name=one.name, **one.amount._asdict()) for one in shares]


class FiguresOut(BaseModel):
    """What is stored, in all and by kind and folder."""

    files: int
    objects: int
    byte_size: int
    by_kind: list[ShareOut]
    by_folder: list[ShareOut]

    @classmethod
    def of(cls, figures: StorageFigures) -> Self:
        """Describe figures."""
        return cls(
            **figures.whole._asdict(),
            by_kind=ShareOut.all_of(figures.by_kind),
            by_folder=ShareOut.all_of(figures.by_folder),
        )


class AllFiguresOut(BaseModel):
    """What is stored on the platforms in scope, in all and by kind."""

    files: int
    objects: int
    byte_size: int
    by_kind: list[ShareOut]

    @classmethod
    def of(cls, figures: StorageFigures) -> Self:
        """Describe figures; folders are a store's own affair."""
        return cls(**figures.whole._asdict(), by_kind=ShareOut.all_of(figures.by_kind))


class StoreStorageOut(BaseModel):
    """What one store has stored."""

    id: int
    code: str
    name: str
    merchant_id: int
    merchant_name: str
    files: int
    objects: int
    byte_size: int

    @classmethod
    def of(
        cls,
        found: StoreStorage,
        *,
        stores: dict[int, tuple[str, str]],
        merchants: dict[int, str],
    ) -> Self:
        """Describe a store's storage with the names that belong to it."""
        code, name = stores[found.store_id]
        return cls(
            id=found.store_id,
            code=code,
            name=name,
            merchant_id=found.merchant_id,
            merchant_name=merchants[found.merchant_id],
            **found.amount._asdict(),
        )
