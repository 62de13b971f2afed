"""Many threads writing on SQLite: each has its turn in the order of asking, none is locked out."""

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from app.kit.clocks import business_now
from app.kit.db import Database
from app.kit.locks import FairLock
from app.kit.models import Base
from app.modules.tenancy.models import Platform

THREADS = 64
WRITES_EACH = 3
SLOWEST_S = 1.0


class Queue(deque[threading.Lock]):
    """A queue that says when somebody has joined it."""

    def __init__(self) -> None:
        super().__init__()
        self.joined = threading.Semaphore(0)

    def append(self, turn: threading.Lock) -> None:
        """Join the queue."""
        super().append(turn)
        self.joined.release()


def test_a_turn_is_granted_in_the_order_of_asking() -> None:
    lock, queue = FairLock(), Queue()
    lock._waiting = queue
    granted: list[int] = []
    threads = [threading.Thread(target=_take, args=(lock, granted, n)) for n in range(THREADS)]
    with lock:
        for thread in threads:
            thread.start()
            assert queue.joined.acquire(timeout=30)
        assert granted == []
    for thread in threads:
        thread.join(timeout=30)
    assert granted == list(range(THREADS))


def _take(lock: FairLock, granted: list[int], number: int) -> None:
    with lock:
        granted.append(number)


def test_sixty_four_threads_write_and_none_waits_longer_than_a_turn_of_all(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'turns.sqlite3'}")
    Base.metadata.create_all(database.engine)
    all_ready = threading.Barrier(THREADS)

    def write(number: int) -> float:
        all_ready.wait(timeout=60)
        slowest = 0.0
        for turn in range(WRITES_EACH):
            began = time.perf_counter()
            with database.unit_of_work() as work:
                code = f"p{number}-{turn}"
                work.session.add(Platform(code=code, name=code, created_at=business_now()))
            slowest = max(slowest, time.perf_counter() - began)
        return slowest

    began = time.perf_counter()
    for number in range(THREADS):
        with database.unit_of_work() as work:
            code = f"alone{number}"
            work.session.add(Platform(code=code, name=code, created_at=business_now()))
    a_turn_of_all_s = time.perf_counter() - began
    with ThreadPoolExecutor(THREADS) as pool:
        waits = list(pool.map(write, range(THREADS)))
    with database.unit_of_work(read_only=True) as work:
        written = len(work.session.scalars(select(Platform.id)).all())
        assert written == THREADS * (WRITES_EACH + 1)
    database.dispose()
    print(f"the slowest of {THREADS * WRITES_EACH} writes waited {max(waits):.3f} s")
    # A slow or busy machine writes slowly; overtaking would cost several turns of everybody.
    assert max(waits) < max(SLOWEST_S, 3 * a_turn_of_all_s)
