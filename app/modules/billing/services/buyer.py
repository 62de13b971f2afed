"""Who spends a merchant's money, and from where."""

from dataclasses import dataclass

from app.contracts.tenants import Owner, StoreRef
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.actor import Actor
from app.modules.core.public import AuditTarget, record_audit


@dataclass(frozen=True)
class Buyer:
    """Somebody at a store who may spend; `base_url` is where Stripe sends them back to."""

    store: StoreRef
    actor: Actor
    locale: str
    base_url: str

    @property
    def owner(self) -> Owner:
        """Whose money it is."""
        return self.store.owner

    @property
    def billing_page(self) -> str:
        """Address of the store's billing page."""
        return f"{self.base_url}/store/{self.store.code}/billing"


def audit_spending(
    work: UnitOfWork,
    buyer: Buyer,
    action: str,
    *,
    subscription: MerchantSubscription | None,
    **after: object,
) -> None:
    """Note a money action of an owner, in the same transaction (D28)."""
    owner = buyer.owner
    target = ("subscription", subscription.id) if subscription else ("merchant", owner.merchant_id)
    record_audit(
        work,
        buyer.actor.name,
        action=action,
        target=AuditTarget(*target, platform_id=owner.platform_id, merchant_id=owner.merchant_id),
        after=after,
        request_id=buyer.actor.request_id,
    )
