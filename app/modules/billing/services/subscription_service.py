"""The face of subscriptions: which there are, and what they are for."""

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import SubscriptionNotFound
from app.modules.billing.models import MerchantSubscription, SubscriptionTier
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.current_plan import CurrentPlan, current_plan
from app.modules.billing.services.find_tier import get_tier
from app.modules.billing.services.offered_tiers import OfferedPlan, offered_tiers


class SubscriptionService:
    """Look-ups of subscriptions and tiers."""

    def find_subscription(self, work: UnitOfWork, owner: Owner) -> MerchantSubscription | None:
        """Return a merchant's subscription on a platform."""
        return entitlement_rows.find_subscription(work.session, owner)

    def get_subscription(self, work: UnitOfWork, owner: Owner) -> MerchantSubscription:
        """Return it. Raises SubscriptionNotFound."""
        found = self.find_subscription(work, owner)
        if found is None:
            raise SubscriptionNotFound
        return found

    def get_current_plan(self, work: UnitOfWork, owner: Owner) -> CurrentPlan:
        """Return what the billing page says of the plan; without one it says that."""
        return current_plan(work, owner)

    def get_offered_tiers(self, work: UnitOfWork, owner: Owner) -> list[OfferedPlan]:
        """Return the tiers to choose from, the current one among them."""
        return offered_tiers(work, owner)

    def get_tier(
        self, work: UnitOfWork, scope: AdminScope, code: str, *, platform_id: int | None = None
    ) -> SubscriptionTier:
        """Return a tier by its code. Raises TierNotFoundError, AmbiguousTierCode (D25)."""
        return get_tier(work, scope, code, platform_id=platform_id)
