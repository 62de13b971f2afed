"""The two clocks (D0): system time for machinery, business time for what customers live by."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, in UTC."""

    def now(self) -> datetime:
        """Return the present instant with its zone."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return real time."""
        return datetime.now(UTC)


@dataclass
class SettableClock:
    """A clock that moves only when told; for tests."""

    at: datetime

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    def advance(self, step: timedelta) -> None:
        """Move forward by `step`."""
        self.at += step


_pinned_offset: ContextVar[timedelta | None] = ContextVar("pinned_offset", default=None)


def no_offset() -> timedelta:
    """Business time is system time: everywhere but in the sandbox (S21)."""
    return timedelta()


@dataclass
class Clocks:
    """System clock, and how far business time is ahead of it (S21)."""

    system: Clock = field(default_factory=SystemClock)
    read_offset: Callable[[], timedelta] = no_offset

    @property
    def has_offset(self) -> bool:
        """Whether business time may differ from system time at all."""
        return self.read_offset is not no_offset


_clocks = Clocks()


def configure_clocks(clocks: Clocks) -> None:
    """Install the clocks of this process."""
    global _clocks
    _clocks = clocks


def clocks() -> Clocks:
    """Return the clocks of this process."""
    return _clocks


def pin_business_time(offset: timedelta | None = None) -> None:
    """Keep one offset for the whole request or job that begins here (S21).

    It is read here unless given: the event loop must not read it itself.
    """
    _pinned_offset.set(_clocks.read_offset() if offset is None else offset)


def system_now() -> datetime:
    """Return real time: sessions, tokens, leases, back-off, rate limits, signatures, logs."""
    return _clocks.system.now()


def business_now() -> datetime:
    """Return business time: periods, trials, windows, creation of domain rows, job slots."""
    if not _clocks.has_offset:
        return _clocks.system.now()
    offset = _pinned_offset.get()
    return _clocks.system.now() + (_clocks.read_offset() if offset is None else offset)
