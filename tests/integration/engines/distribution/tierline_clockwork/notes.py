"""Notes that a request puts into the outbox."""

from functools import partial

from app.kit import outbox
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.router import page_router
from app.kit.outbox import Completion, OutboxMessage

from .models import ClockworkMark

NOTE = "clockwork.note"

router = page_router("/clockwork")


@router.get("/notes/{number}")
def put_note(number: int) -> str:
    """Put a note; it leaves after the answer."""
    with unit_of_work() as work:
        outbox.put(work, NOTE, {"number": number}, dedupe_key=str(number))
    return "put"


def deliver(message: OutboxMessage) -> Completion:
    """Leave a mark in the unit that ends the delivery."""
    return partial(_mark, number=message.payload["number"])


def _mark(work: UnitOfWork, *, number: int) -> None:
    work.session.add(ClockworkMark(work=NOTE, part=number))
