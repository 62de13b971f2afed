"""The outbox: what must leave the system is written with its cause and delivered after commit."""

from app.kit.outbox.delivery import TRIES, DeadHook, OutboxDelivery
from app.kit.outbox.message import (
    Completion,
    Draft,
    OutboxHandler,
    OutboxMessage,
    Undeliverable,
    configure_wake,
    put,
    put_all,
)

__all__ = [
    "TRIES",
    "Completion",
    "DeadHook",
    "Draft",
    "OutboxDelivery",
    "OutboxHandler",
    "OutboxMessage",
    "Undeliverable",
    "configure_wake",
    "put",
    "put_all",
]
