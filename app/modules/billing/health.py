"""Whether billing's machinery works (`HealthCheckProtocol`)."""

from dataclasses import dataclass

from app.kit.db import unit_of_work
from app.kit.i18n import translate, translate_count
from app.modules.billing.repositories import backlog, reconciliations
from app.modules.billing.settings import billing_settings


@dataclass(frozen=True)
class WebhookHealth:
    """Every event of Stripe is processed sooner or later (S12)."""

    name: str = "webhooks"

    def check(self) -> str | None:
        """Return what is wrong: events that nobody tries any more."""
        with unit_of_work(read_only=True) as work:
            _waiting, dead = backlog.webhooks(work.session)
        return translate_count("billing.health.dead_webhooks", dead) if dead else None


@dataclass(frozen=True)
class StripeHealth:
    """What we hold is what Stripe says (S16)."""

    name: str = "stripe"

    def check(self) -> str | None:
        """Return what is wrong: the last comparison stopped, or found what it could not repair."""
        if not billing_settings().payments_configured:
            return None
        with unit_of_work(read_only=True) as work:
            run = reconciliations.last_finished(work.session)
        if run is None:
            return None
        if run.stopped:
            return translate("billing.health.stopped")
        left = run.drifted - run.repaired
        return translate_count("billing.health.drift", left) if left > 0 else None


HEALTH_CHECKS = (WebhookHealth(), StripeHealth())
