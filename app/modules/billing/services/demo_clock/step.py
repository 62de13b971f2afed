"""One step of business time: the sandbox first, then its webhooks, then ours, then the jobs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep

from app.kit import jobs
from app.kit.clocks import business_now, pin_business_time
from app.kit.db import unit_of_work
from app.modules.billing.exceptions import SandboxUnavailable
from app.modules.billing.gateways import sandbox_clock
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.webhooks.inbox import inbox_is_empty

STEP = timedelta(days=1)
READY_WITHIN_S = 60.0
SETTLED_WITHIN_S = 10.0
LOOK_EVERY_S = 0.03


def take_step(target: datetime) -> bool:
    """Move the sandbox and then business time a day further, or to `target` where that is nearer.

    Between the two, webhooks are waited for, at most ten seconds; then the job slots that lie on
    the way run in order. True when `target` is reached. Raises SandboxUnavailable.
    """
    await_sandbox()  # a step that was cut short may still be on its way
    now = sandbox_clock.read_clock().now
    to = min(now + STEP, target)
    if to > now:
        sandbox_clock.advance_clock(to)
        await_sandbox()
    sandbox_clock.flush_webhooks()
    _wait(_everything_arrived, SETTLED_WITHIN_S)
    follow_sandbox()
    jobs.run_slots(business_now())
    return to >= target


def follow_sandbox() -> None:
    """Let business time be ahead as far as the sandbox is; never less far than before.

    Raises SandboxUnavailable.
    """
    offset = sandbox_clock.read_clock().offset
    with unit_of_work() as work:
        clock_rows.raise_offset(work.session, offset)
    pin_business_time()


def await_sandbox() -> None:
    """Return once the sandbox's clock stands. Raises SandboxUnavailable."""
    if not _wait(lambda: sandbox_clock.read_clock().is_ready, READY_WITHIN_S):
        raise SandboxUnavailable


def _everything_arrived() -> bool:
    """Whether every webhook was tried and nothing waits in the inbox."""
    if sandbox_clock.read_clock().undelivered:
        return False
    with unit_of_work(read_only=True) as work:
        return inbox_is_empty(work)


def _wait(is_true: Callable[[], bool], patience_s: float) -> bool:
    ends = monotonic() + patience_s
    while not is_true():
        if monotonic() > ends:
            return False
        sleep(LOOK_EVERY_S)
    return True
