"""Mails to a merchant's owner about a subscription."""

from enum import StrEnum
from typing import Any, Unpack

from app.contracts.tenants import AdminScope, Owner
from app.kit import mail
from app.kit.db import UnitOfWork
from app.kit.formats import LOCAL_ZONE
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.notices.facts import Facts, tier_name, told
from app.modules.tenancy.public import find_first_store, get_platform_ref, owner_of_merchant


class Notice(StrEnum):
    """What there is to tell; the value names its texts, `billing.notices.<value>.…`."""

    TRIAL_ENDING = "trial_ending"
    TRIAL_ENDED = "trial_ended"
    LIMIT_APPROACHING = "limit_approaching"
    LIMIT_REACHED = "limit_reached"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_ACTION_REQUIRED = "payment_action_required"
    PAYMENT_RECOVERED = "payment_recovered"
    PLAN_CHANGED = "plan_changed"
    TRIAL_CANCELLED = "trial_cancelled"
    TRIAL_KEPT = "trial_kept"
    CANCELLATION_SCHEDULED = "cancellation_scheduled"
    CANCELLATION_WITHDRAWN = "cancellation_withdrawn"
    SUBSCRIPTION_ENDED = "subscription_ended"
    PAYMENT_DISPUTED = "payment_disputed"
    ADDON_FAILED = "addon_failed"


def notify(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    notice: Notice,
    *,
    key: str,
    **facts: Unpack[Facts],
) -> None:
    """Mail the merchant's owner in the owner's language, in the caller's transaction.

    `key` names the transition or the invoice, not the event: the same notice of a subscription
    is sent once for each key, ever (S14). The subscription's columns must be the new ones.
    """
    owner = Owner(subscription.merchant_id, subscription.platform_id)
    reader = owner_of_merchant(work, owner.merchant_id)
    store = find_first_store(work, owner)
    zone = LOCAL_ZONE if store is None else store.timezone
    platform = get_platform_ref(work, AdminScope(None), owner.platform_id)
    context: dict[str, Any] = {
        "notice": _text_of(notice, subscription),
        "name": reader.name,
        "platform": platform.name,
        "tier": tier_name(work, subscription.tier_id, reader.locale),
        "facts": told(work, facts, currency=subscription.currency, zone=zone, locale=reader.locale),
        "path": "/merchant" if store is None else f"/store/{store.code}/billing",
    }
    mail.send(
        work,
        reader.email,
        "billing/mail/notice",
        context,
        reader.locale,
        dedupe_key=f"billing:{subscription.id}:{notice}:{key}",
    )


def _text_of(notice: Notice, subscription: MerchantSubscription) -> str:
    """A trial without a payment method ends differently, so it is told differently."""
    if notice is Notice.TRIAL_ENDING and not subscription.has_payment_method:
        return "trial_ending_unpaid"
    return notice.value
