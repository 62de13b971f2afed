"""The thread of a web process that keeps limits and usage true, for as long as is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from app.modules.billing.services.tables import tables

SETTLED_S = 1.0


@contextmanager
def vouched() -> Iterator[None]:
    """Run the thread; the block begins when it has dropped what was known before it listened."""
    tables().start()
    sleep(SETTLED_S)
    try:
        yield
    finally:
        tables().stop()
