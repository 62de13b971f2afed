"""Mails to a merchant's owner about a subscription."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, Unpack

from app.contracts.tenants import Owner, PlatformRef, StoreRef
from app.kit import mail
from app.kit.db import UnitOfWork
from app.kit.formats import LOCAL_ZONE
from app.modules.billing.models import MerchantSubscription, SubscriptionTier
from app.modules.billing.repositories.tiers import tiers_of
from app.modules.billing.services.notices.facts import Facts, told
from app.modules.billing.services.offers import localized
from app.modules.tenancy.public import (
    Addressee,
    first_stores,
    owners_of_merchants,
    platform_refs,
)


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


@dataclass(frozen=True, slots=True)
class Note:
    """A notice of a subscription, whose columns must be the new ones.

    `key` names the transition or the invoice, not the event: the same notice of a subscription
    is sent once for each key, ever (S14).
    """

    subscription: MerchantSubscription
    notice: Notice
    key: str
    facts: Facts

    @property
    def owner(self) -> Owner:
        """Whose subscription it is."""
        return Owner(self.subscription.merchant_id, self.subscription.platform_id)


def notify(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    notice: Notice,
    *,
    key: str,
    **facts: Unpack[Facts],
) -> None:
    """Mail the merchant's owner in the owner's language, in the caller's transaction."""
    notify_all(work, [Note(subscription, notice, key, facts)])


def notify_all(work: UnitOfWork, notes: Sequence[Note]) -> None:
    """Mail the owners of several subscriptions, with no more statements than for one."""
    around = _Around.of(work, notes)
    mail.send_all(work, [around.letter(work, note) for note in notes])


@dataclass(frozen=True, slots=True)
class _Around:
    """What mails say beside their notices."""

    readers: Mapping[int, Addressee]
    stores: Mapping[Owner, StoreRef]
    platforms: Mapping[int, PlatformRef]
    tiers: Mapping[int, SubscriptionTier]

    @classmethod
    def of(cls, work: UnitOfWork, notes: Sequence[Note]) -> Self:
        merchant_ids = {note.owner.merchant_id for note in notes}
        return cls(
            readers=owners_of_merchants(work, merchant_ids),
            stores=first_stores(work, merchant_ids),
            platforms=platform_refs(work, {note.owner.platform_id for note in notes}),
            tiers=tiers_of(work.session, [note.subscription for note in notes]),
        )

    def letter(self, work: UnitOfWork, note: Note) -> mail.Letter:
        subscription, owner = note.subscription, note.owner
        reader, store = self.readers[owner.merchant_id], self.stores.get(owner)
        tier, locale = self.tiers[subscription.tier_id], reader.locale
        zone = LOCAL_ZONE if store is None else store.timezone
        context: dict[str, Any] = {
            "notice": _text_of(note.notice, subscription),
            "name": reader.name,
            "platform": self.platforms[owner.platform_id].name,
            "tier": localized(tier.name_i18n, tier.code, locale),
            "facts": told(
                work, note.facts, currency=subscription.currency, zone=zone, locale=locale
            ),
            "path": "/merchant" if store is None else f"/store/{store.code}/billing",
        }
        key = f"billing:{subscription.id}:{note.notice}:{note.key}"
        return mail.Letter(reader.email, "billing/mail/notice", context, locale, key)


def _text_of(notice: Notice, subscription: MerchantSubscription) -> str:
    """A trial without a payment method ends differently, so it is told differently."""
    if notice is Notice.TRIAL_ENDING and not subscription.has_payment_method:
        return "trial_ending_unpaid"
    return notice.value
