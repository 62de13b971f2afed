"""Eight events of a merchant's life, and what Stripe would have said at each moment of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from app.modules.billing.gateways.metadata import read_metadata
from app.modules.billing.gateways.snapshots import (
    InvoiceSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)
from app.modules.billing.models import Purpose
from app.modules.billing.services.sync.dunning import OpenInvoice, dunning_of
from app.modules.billing.services.sync.merge_plan import Verdict, judge, merged
from app.modules.billing.services.sync.plan_state import IN_ARREARS, PlanState
from app.modules.billing.services.webhooks import merge_invoice
from app.modules.billing.services.webhooks.invoice_state import InvoiceState, told_by
from tests.unit.billing.sync.objects import (
    LOCAL_TRIAL,
    MONTH_LATER,
    PRICES,
    START,
    a_schedule,
    a_snapshot,
    an_invoice,
)

AGAIN = START + timedelta(days=60)
DAY = timedelta(days=1)
ADDON = {
    "tierline_merchant": "1",
    "tierline_platform": "1",
    "tierline_purpose": "addon",
    "tierline_addon": "ssl_premium",
}
FIRST = a_snapshot("price_essential")
UPGRADED = replace(FIRST, price_id="price_professional", unit_amount_cents=9900)
OVERDUE = replace(UPGRADED, status="past_due", period_start=MONTH_LATER)
RECOVERED = replace(OVERDUE, status="active")
LOWERED = replace(RECOVERED, schedule_id="sub_sched_1")
OVER = replace(RECOVERED, status="canceled", canceled_at=AGAIN, ended_at=AGAIN)
SECOND = a_snapshot("price_essential", id="sub_B", created_at=AGAIN + DAY, period_start=AGAIN + DAY)
DOMAIN = a_snapshot("price_ssl", id="sub_X", created_at=AGAIN + 2 * DAY, metadata=ADDON)
SCHEDULE = a_schedule(("price_professional", MONTH_LATER), ("price_essential", AGAIN))
FAILED = an_invoice(attempt_count=1, invoiced_at=MONTH_LATER)
PAID = replace(FAILED, status="paid", attempt_count=2, amount_paid_cents=5733)


@dataclass(frozen=True, slots=True)
class Told:
    """An event: which subscription it is about, and the invoice it carries, if any."""

    subscription: SubscriptionSnapshot
    invoice: InvoiceSnapshot | None = None
    schedule: ScheduleSnapshot | None = None


LIFE = (
    Told(FIRST),
    Told(UPGRADED),
    Told(OVERDUE, FAILED),
    Told(RECOVERED, PAID),
    Told(LOWERED, schedule=SCHEDULE),
    Told(OVER),
    Told(SECOND),
    Told(DOMAIN),
)


def at_stripe(subscription_id: str, moment: int) -> Told:
    """What Stripe says of a subscription once the event `moment` has happened."""
    happened = LIFE[: moment + 1]
    return next(one for one in reversed(happened) if one.subscription.id == subscription_id)


@dataclass(frozen=True)
class Local:
    """All that we know: the plan, the add-ons beside it, the invoices."""

    plan: PlanState = LOCAL_TRIAL
    addons: Mapping[str, SubscriptionSnapshot] = field(default_factory=dict)
    invoices: Mapping[str, InvoiceState] = field(default_factory=dict)

    def after(self, event: Told, *, moment: int) -> "Local":
        """Take an event in, as a handler and the sync behind it do; Stripe is at `moment`."""
        local = self if event.invoice is None else self._with_invoice(event.invoice)
        return local._synced(event.subscription.id, moment=moment)._with_arrears()

    def _with_invoice(self, news: InvoiceSnapshot) -> "Local":
        state = told_by(news)
        held = self.invoices.get(news.id, state)
        return replace(self, invoices={**self.invoices, news.id: merge_invoice.merged(held, state)})

    def _synced(self, subscription_id: str, *, moment: int, is_rival: bool = False) -> "Local":
        found = at_stripe(subscription_id, moment)
        reference = read_metadata(found.subscription.metadata)
        if reference is not None and reference.purpose is Purpose.ADDON:
            return replace(self, addons={**self.addons, subscription_id: found.subscription})
        verdict = judge(self.plan, found.subscription)
        if verdict is Verdict.RIVAL and not is_rival:
            own_id: Any = self.plan.stripe_subscription_id
            looked_at = self._synced(own_id, moment=moment)
            return looked_at._synced(subscription_id, moment=moment, is_rival=True)
        if verdict is not Verdict.TAKE:
            return self
        plan = merged(self.plan, found.subscription, found.schedule, prices=PRICES)
        return replace(self, plan=plan)

    def _with_arrears(self) -> "Local":
        own = [
            OpenInvoice(one.invoice_date, one.attempt_count)
            for one in self.invoices.values()
            if one.status == "open"
            and one.stripe_subscription_id == self.plan.stripe_subscription_id
        ]
        if self.plan.status not in IN_ARREARS:
            return replace(
                self, plan=replace(self.plan, payment_retry_count=0, past_due_since=None)
            )
        owed = dunning_of(own, otherwise_since=self.plan.period_start)
        plan = replace(self.plan, payment_retry_count=owed.retry_count, past_due_since=owed.since)
        return replace(self, plan=plan)
