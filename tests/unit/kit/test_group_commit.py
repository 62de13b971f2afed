"""What comes while a transaction runs shares the next one."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from app.kit import group_commit
from app.kit.group_commit import GroupCommit
from tests import event_loop


class Shelf:
    """Notes what was written together; `full` refuses, `opened` lets the first batch end."""

    def __init__(self, *, full: frozenset[str] = frozenset()) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.opened = threading.Event(), threading.Event()
        self._full = full

    def write(self, items: Sequence[str]) -> list[str]:
        """Keep items; answers each in capitals."""
        self.batches.append(list(items))
        self.begun.set()
        assert self.opened.wait(10)
        if self._full & set(items):
            raise OSError("no room")
        return [item.upper() for item in items]


async def brought(shelf: Shelf, *items: str) -> list[str | None]:
    """Bring one item, and all others while it is written."""
    group = GroupCommit(shelf.write)
    first = asyncio.create_task(group.add(items[0]))
    await asyncio.to_thread(shelf.begun.wait)
    others = [asyncio.create_task(group.add(item)) for item in items[1:]]
    await asyncio.sleep(0)
    shelf.opened.set()
    return list(await asyncio.gather(first, *others))


def test_writes_what_comes_alone_at_once_and_the_rest_together() -> None:
    shelf = Shelf()
    assert event_loop.run(brought(shelf, "a", "b", "c")) == ["A", "B", "C"]
    assert shelf.batches == [["a"], ["b", "c"]]


def test_bounds_what_shares_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "AT_ONCE", 2)
    shelf = Shelf()
    assert event_loop.run(brought(shelf, "a", "b", "c", "d")) == ["A", "B", "C", "D"]
    assert shelf.batches == [["a"], ["b", "c"], ["d"]]


def test_tells_all_whose_transaction_failed_and_goes_on() -> None:
    shelf = Shelf(full=frozenset("a"))
    assert event_loop.run(brought(shelf, "a", "b", "c")) == [None, "B", "C"]


def test_serves_several_event_loops() -> None:
    shelf = Shelf()
    shelf.opened.set()
    group = GroupCommit(shelf.write)
    assert [event_loop.run(group.add(item)) for item in "ab"] == ["A", "B"]


def test_goes_on_where_somebody_left() -> None:
    async def leave(shelf: Shelf) -> str | None:
        group = GroupCommit(shelf.write)
        gone = asyncio.create_task(group.add("a"))
        await asyncio.to_thread(shelf.begun.wait)
        gone.cancel()
        stays = asyncio.create_task(group.add("b"))
        await asyncio.sleep(0)
        shelf.opened.set()
        return await stays

    assert event_loop.run(leave(Shelf())) == "B"
