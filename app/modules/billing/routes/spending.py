"""Dependency of routes that spend a merchant's money: its owner, and where Stripe leads back to."""

from typing import Annotated

from fastapi import Depends

from app.kit.http.authentication import gatekeeper
from app.kit.http.context import request_context
from app.kit.i18n import current_locale
from app.modules.billing.permissions import SPEND
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.buyer import Buyer
from app.modules.tenancy.public import StoreVisit, in_store


def _spending(visit: Annotated[StoreVisit, Depends(in_store(SPEND))]) -> Buyer:
    """Return the buyer. Raises NotSignedIn, StoreNotFound, Forbidden (D2: owners alone)."""
    return Buyer(
        store=visit.store,
        actor=Actor(visit.identity.actor, request_context().request_id),
        locale=current_locale(),
        base_url=gatekeeper().settings.base_url,
    )


Spender = Annotated[Buyer, Depends(_spending)]
