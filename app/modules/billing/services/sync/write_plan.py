"""A changed plan is written with its history, its audit entry and its notices (S12, S14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.reconcile import recount
from app.modules.billing.services.subscription_changes import Changed, record_changes, told
from app.modules.billing.services.sync.arrears import dunning_by_invoices
from app.modules.billing.services.sync.plan_state import (
    IN_ARREARS,
    NAMES,
    PlanState,
    write_state,
)
from app.modules.billing.services.sync.tell import tell
from app.modules.billing.services.sync.transitions import transitions
from app.modules.core.public import AuditDraft, AuditTarget, record_audits

ACTOR = "stripe"


class TwoStatesOfOnePlan(Exception):
    """The later one may mean something else once the earlier is written; each comes by itself."""


@dataclass(frozen=True, slots=True)
class PlanNews:
    """A locked row, what it says, and what it is to say; `is_new` where it was begun for that."""

    row: MerchantSubscription
    before: PlanState
    after: PlanState
    is_new: bool = False

    @property
    def owner(self) -> Owner:
        """Whose plan it is."""
        return Owner(self.row.merchant_id, self.row.platform_id)


def write_plans(work: UnitOfWork, news: Sequence[PlanNews]) -> None:
    """Write states into rows, what is owed by their open invoices, and all that follows.

    A new anchor of usage has the present windows recounted (D15). Many take no more statements
    than one, but for the rows themselves. Raises TwoStatesOfOnePlan.
    """
    if len({one.row.id for one in news}) < len(news):
        raise TwoStatesOfOnePlan
    owed = [replace(one, after=_with_dunning(work, one.owner, one.after)) for one in news]
    changed = [one for one in owed if one.before != one.after]
    if not changed:
        return
    record_changes(work, [_written(one) for one in changed], cause=ACTOR)
    record_audits(work, ACTOR, [_audit_of(one) for one in changed])
    recount(
        work, [one.owner for one in changed if one.before.usage_anchor != one.after.usage_anchor]
    )
    for one in changed:
        for transition in transitions(one.before, one.after):
            tell(work, one.row, transition, before=one.before)


def _written(news: PlanNews) -> Changed:
    before, arr_before = told(news.row), news.row.arr_cents
    write_state(news.row, news.after)
    return Changed(news.row, None if news.is_new else before, arr_before)


def _with_dunning(work: UnitOfWork, owner: Owner, state: PlanState) -> PlanState:
    assert state.stripe_subscription_id is not None
    dunning = dunning_by_invoices(
        work,
        owner,
        state.stripe_subscription_id,
        in_arrears=state.status in IN_ARREARS,
        otherwise_since=state.period_start,
    )
    return replace(
        state,
        payment_retry_count=dunning.retry_count,
        past_due_since=dunning.since,
        last_payment_error=state.last_payment_error if dunning.since else None,
    )


def _audit_of(news: PlanNews) -> AuditDraft:
    row, before, after = news.row, news.before, news.after
    changed = [name for name in NAMES if getattr(before, name) != getattr(after, name)]
    return AuditDraft(
        action="subscription.synced",
        target=AuditTarget("subscription", row.id, row.platform_id, row.merchant_id),
        before=_values(before, changed),
        after=_values(after, changed),
    )


def _values(state: PlanState, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(state, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
