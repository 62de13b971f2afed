"""Which subscription an operator means."""

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import AmbiguousPlatform, SubscriptionNotFound
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.repositories import subscriptions


def get_subscription_in_scope(
    work: UnitOfWork, scope: AdminScope, merchant_id: int, *, platform_id: int | None
) -> MerchantSubscription:
    """Return a merchant's subscription; `platform_id` may be left out while it has only one.

    Raises SubscriptionNotFound, AmbiguousPlatform.
    """
    found = subscriptions.of_merchant(
        work.session, merchant_id, scope.narrowed(platform_id).platform_ids
    )
    if not found:
        raise SubscriptionNotFound
    if len(found) > 1:
        raise AmbiguousPlatform
    return found[0]


def owner_of(subscription: MerchantSubscription) -> Owner:
    """Return who holds a subscription."""
    return Owner(subscription.merchant_id, subscription.platform_id)
