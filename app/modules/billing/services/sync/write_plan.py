"""A changed plan is written with its history, its audit entry and its notices (S12, S14)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.reconcile import recount
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.sync.arrears import dunning_by_invoices
from app.modules.billing.services.sync.plan_state import (
    IN_ARREARS,
    NAMES,
    PlanState,
    read_state,
    write_state,
)
from app.modules.billing.services.sync.tell import tell
from app.modules.billing.services.sync.transitions import transitions
from app.modules.core.public import AuditTarget, record_audit

ACTOR = "stripe"


def write_plan(
    work: UnitOfWork, row: MerchantSubscription, state: PlanState, *, is_new: bool = False
) -> None:
    """Write a state into a locked row, what is owed by its open invoices, and all that follows.

    A new anchor of usage has the present windows recounted (D15).
    """
    owner = Owner(row.merchant_id, row.platform_id)
    before, before_told, arr_before = read_state(row), told(row), row.arr_cents
    after = _with_dunning(work, owner, state)
    if before == after:
        return
    write_state(row, after)
    known = None if is_new else before_told
    record_change(work, row, cause=ACTOR, before=known, arr_cents_before=arr_before)
    _audit(work, row, before, after)
    if before.usage_anchor != after.usage_anchor:
        recount(work, owner)
    for transition in transitions(before, after):
        tell(work, row, transition, before=before)


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


def _audit(
    work: UnitOfWork, row: MerchantSubscription, before: PlanState, after: PlanState
) -> None:
    changed = [name for name in NAMES if getattr(before, name) != getattr(after, name)]
    record_audit(
        work,
        ACTOR,
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
