"""Which tier a code means (D25)."""

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.kit.errors import Forbidden
from app.modules.billing.exceptions import AmbiguousTierCode, TierNotFoundError
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import tiers
from app.modules.billing.services.actor import Operator


def get_tier(
    work: UnitOfWork, scope: AdminScope, code: str, *, platform_id: int | None
) -> SubscriptionTier:
    """Return the tier in scope; `platform_id` may be left out while one platform has the code.

    Raises TierNotFoundError, AmbiguousTierCode: never the first match.
    """
    found = tiers.with_code(work.session, code, scope.narrowed(platform_id).platform_ids)
    if not found:
        raise TierNotFoundError(code=code)
    if len(found) > 1:
        raise AmbiguousTierCode(code=code)
    return found[0]


def get_writable_tier(
    work: UnitOfWork, operator: Operator, code: str, *, platform_id: int | None
) -> SubscriptionTier:
    """Return a tier that the operator may write. Raises as `get_tier`, and Forbidden."""
    tier = get_tier(work, operator.scope, code, platform_id=platform_id)
    refuse_unwritable(operator, tier.platform_id)
    return tier


def refuse_unwritable(operator: Operator, platform_id: int) -> None:
    """Keep operators from the tiers of a platform they were not granted. Raises Forbidden."""
    if not operator.writes.includes(platform_id):
        raise Forbidden
