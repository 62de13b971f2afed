"""One transaction for what many requests bring at the same time."""

import asyncio
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

import structlog
from starlette.concurrency import run_in_threadpool

AT_ONCE = 100

_log = structlog.get_logger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass
class _Group(Generic[Item, Result]):
    """What waits on one event loop, and the task that writes it."""

    waiting: list[tuple[Item, Future[Result | None]]] = field(default_factory=list)
    writing: asyncio.Task[None] | None = None


class GroupCommit(Generic[Item, Result]):
    """Lets items that come while a transaction runs share the next one.

    `write` is called in a thread, commits, and returns a result for each item. Nobody waits for
    company: an item that comes alone is written at once.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._write = write
        self._groups = WeakKeyDictionary[AbstractEventLoop, _Group[Item, Result]]()

    async def add(self, item: Item) -> Result | None:
        """Return the item's result once it is on disk; None where its transaction failed."""
        loop = asyncio.get_running_loop()
        group = self._groups.setdefault(loop, _Group())
        result: Future[Result | None] = loop.create_future()
        group.waiting.append((item, result))
        if group.writing is None:
            group.writing = loop.create_task(self._write_waiting(group))
        return await result

    async def _write_waiting(self, group: _Group[Item, Result]) -> None:
        while group.waiting:
            batch, group.waiting = group.waiting[:AT_ONCE], group.waiting[AT_ONCE:]
            results: Sequence[Result | None]
            try:
                results = await run_in_threadpool(self._write, [item for item, _ in batch])
            except Exception:  # noqa: BLE001 - each of them is told, and may be tried by itself
                _log.warning("group_commit_failed", items=len(batch), exc_info=True)
                results = [None] * len(batch)
            for (_, waits), result in zip(batch, results, strict=True):
                if not waits.done():  # its request may have been given up
                    waits.set_result(result)
        group.writing = None
