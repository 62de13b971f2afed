"""Business time at the start of a process."""

from datetime import timedelta

import structlog

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.exceptions import SandboxUnavailable
from app.modules.billing.gateways import sandbox_clock
from app.modules.billing.repositories import clock_rows
from app.modules.billing.services.demo_clock.existence import has_demo_clock
from app.modules.billing.services.demo_clock.step import follow_sandbox

SLACK = timedelta(seconds=5)  # both count in whole seconds

_log = structlog.get_logger(__name__)


def start_clock() -> None:
    """Take over the sandbox's offset; a sandbox that lags, its file being lost, is moved along."""
    if not has_demo_clock():
        return
    try:
        follow_sandbox()
        now = business_now().replace(microsecond=0)
        lags = sandbox_clock.read_clock().now < now - SLACK
    except SandboxUnavailable:
        _log.warning("sandbox_unavailable", exc_info=True)
        return
    if lags:
        with unit_of_work() as work:
            move = clock_rows.lock_move(work.session)
            move.target = move.target or now
