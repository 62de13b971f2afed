"""Comparing database and storage both ways, and putting right what can be (D38)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from app.contracts.tenants import StoreRef
from app.kit.clocks import system_now
from app.kit.db import unit_of_work
from app.modules.media.gateways.storage import media_storage
from app.modules.media.repositories.known_objects import known_keys, objects_after
from app.modules.media.repositories.recount import (
    counted_space,
    counted_totals,
    write_space,
    write_totals,
    written_space,
    written_totals,
)
from app.modules.tenancy.public import every_store

Item = TypeVar("Item")

UPLOADS_TAKE = timedelta(hours=1)  # objects are there before their rows are
AT_ONCE = 500


@dataclass
class StorageReport:
    """What does not fit together: keys of objects without row, of rows without object."""

    orphans: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong_totals: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether everything fits."""
        return not (self.orphans or self.missing or self.wrong_totals)


def verify_storage(*, repair: bool, older_than: timedelta = UPLOADS_TAKE) -> StorageReport:
    """Compare every object with its row and every store's figures with its files.

    `repair` removes objects without row and corrects figures; an object that is lost is only told.
    Objects younger than `older_than` may belong to an upload that still runs. Opens units of work
    of its own.
    """
    report = StorageReport(orphans=find_orphans(older_than), missing=list(_missing()))
    if repair:
        media_storage().delete(report.orphans)
    with unit_of_work(read_only=True) as work:
        stores = list(every_store(work))
    report.wrong_totals += [one.code for one in stores if not _totals_fit(one, repair=repair)]
    return report


def find_orphans(older_than: timedelta = UPLOADS_TAKE) -> list[str]:
    """Return the keys of objects that no row knows, and of writes that a crash broke off."""
    oldest_safe = system_now() - older_than
    orphans: list[str] = []
    for some in _portions(media_storage().objects()):
        old = [one.key for one in some if one.changed_at <= oldest_safe]
        with unit_of_work(read_only=True) as work:
            known = known_keys(work.session, old)
        orphans += [key for key in old if key not in known]
    return orphans


def _missing() -> Iterator[str]:
    """Keys of rows whose object is not there as it was written."""
    storage, last = media_storage(), 0
    while True:
        with unit_of_work(read_only=True) as work:
            some = objects_after(work.session, last, count=AT_ONCE)
        if not some:
            return
        last = some[-1].id
        suspects = [one.key for one in some if storage.size_of(one.key) != one.byte_size]
        with unit_of_work(read_only=True) as work:  # it may have been deleted just now
            yield from sorted(known_keys(work.session, suspects))


def _totals_fit(store: StoreRef, *, repair: bool) -> bool:
    """Whether the figures of a store and of its merchant are what the files come to."""
    with unit_of_work(read_only=not repair) as work:
        totals = counted_totals(work.session, store)
        space = counted_space(work.session, store.owner)
        fit = totals == written_totals(work.session, store) and space == written_space(
            work.session, store.owner
        )
        if not fit and repair:
            write_totals(work.session, store, totals)
            write_space(work.session, store.owner, space)
        return fit


def _portions(items: Iterator[Item]) -> Iterator[list[Item]]:
    while some := list(islice(items, AT_ONCE)):
        yield some


def sweep_orphans() -> int:
    """Remove objects that no row knows; returns how many."""
    orphans = find_orphans()
    media_storage().delete(orphans)
    return len(orphans)
