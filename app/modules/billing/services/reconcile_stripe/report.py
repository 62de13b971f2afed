"""What a walk found, kept for operators (S16)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.models import StripeReconciliation
from app.modules.billing.services.reconcile_stripe.compare import Drift

MOST_LISTED = 200

_log = structlog.get_logger(__name__)


@dataclass
class Report:
    """How a walk went; `stopped` tells that the brake held it and nothing was changed."""

    started_at: datetime
    checked: int = 0
    repaired: int = 0
    missing: int = 0
    failed: int = 0
    stopped: bool = False
    drifts: list[Drift] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The figures of the walk by name."""
        return {
            "checked": self.checked,
            "drifted": len(self.drifts),
            "repaired": self.repaired,
            "missing": self.missing,
            "failed": self.failed,
        }

    def listed(self) -> list[dict[str, Any]]:
        """Return the first of what differed, as JSON."""
        return [_as_json(one) for one in self.drifts[:MOST_LISTED]]


def keep_report(report: Report) -> None:
    """Store a report, with the first of what differed, and log its figures."""
    with unit_of_work() as work:
        work.session.add(
            StripeReconciliation(
                started_at=report.started_at,
                finished_at=business_now(),
                stopped=report.stopped,
                drift=report.listed(),
                **report.counts,
            )
        )
    _log.info("stripe_reconciled", stopped=report.stopped, **report.counts)


def _as_json(drift: Drift) -> dict[str, Any]:
    """Return a drift as it is stored: values as text, instants in ISO form."""
    return {
        "stripe_subscription_id": drift.stripe_subscription_id,
        "purpose": drift.purpose,
        "merchant_id": drift.owner.merchant_id,
        "platform_id": drift.owner.platform_id,
        "lowers_access": drift.lowers_access,
        "in_step_at": _text(drift.in_step_at),
        "fields": {
            name: {"ours": _text(ours), "stripe": _text(theirs)}
            for name, (ours, theirs) in drift.fields.items()
        },
    }


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
