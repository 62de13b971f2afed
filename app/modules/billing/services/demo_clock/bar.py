"""What the sandbox bar shows."""

from datetime import datetime

from app.kit.clocks import business_now
from app.modules.billing.services.demo_clock.existence import has_demo_clock


def sandbox_bar() -> dict[str, datetime] | None:
    """Return business time for the bar of every page; None where there is no sandbox."""
    return {"now": business_now()} if has_demo_clock() else None
