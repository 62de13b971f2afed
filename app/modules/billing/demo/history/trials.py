"""Trials that began when the cast signed up, long before the demo was made."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import SubscriptionChange
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.settings import billing_settings


def date_trial(work: UnitOfWork, owner: Owner, *, began: datetime) -> None:
    """Let the trial that signing up began have begun at an earlier instant."""
    trial = entitlement_rows.find_subscription(work.session, owner)
    assert trial is not None, "every merchant of the demo signed up with a trial"
    ends_at = began + timedelta(days=billing_settings().stripe_trial_days)
    trial.created_at = trial.period_start = trial.usage_anchor = began
    trial.trial_ends_at = trial.period_end = ends_at
    work.session.execute(
        update(SubscriptionChange)
        .where(SubscriptionChange.subscription_id == trial.id)
        .values(at=began)
    )
    entitlements_changed(work, owner.platform_id, owner.merchant_id)
