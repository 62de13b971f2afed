"""No more than two pictures are decoded at once, however many are sent (D36)."""

import asyncio
from contextvars import ContextVar
from threading import Barrier, Lock

from app.modules.media.routes.picture_workers import run_with_pictures
from tests import event_loop

language: ContextVar[str] = ContextVar("language", default="none")


def test_it_runs_two_at_once_and_never_more() -> None:
    pair, lock = Barrier(2, timeout=60), Lock()
    running = most = 0

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        pair.wait()
        with lock:
            running -= 1

    async def send_eight() -> None:
        await asyncio.gather(*(run_with_pictures(work) for _ in range(8)))

    event_loop.run(send_eight())
    assert (running, most) == (0, 2)


def test_it_keeps_the_language_of_who_asked() -> None:
    async def ask() -> str:
        language.set("lb")
        return await run_with_pictures(language.get)

    assert event_loop.run(ask()) == "lb"
