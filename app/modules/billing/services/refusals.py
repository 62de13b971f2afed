"""Saying no: the error for a reason, with the tier that would help (D17)."""

from typing import NoReturn

from prometheus_client import Counter
from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, Reason
from app.contracts.tenants import Owner
from app.kit.measures import REGISTRY
from app.modules.billing.exceptions import (
    FeatureLimitReached,
    FeatureNotAvailable,
    FeatureRefused,
    SubscriptionInactive,
    UsageUnavailable,
)
from app.modules.billing.services.load_entitlements import Loaded
from app.modules.billing.services.offers import find_offer

_REFUSALS = Counter(
    "tierline_feature_refusals",
    "What was refused by limits and plans, by feature and reason.",
    ["feature", "reason"],
    registry=REGISTRY,
)
_ERRORS: dict[Reason, type[FeatureRefused]] = {
    Reason.LIMIT_REACHED: FeatureLimitReached,
    Reason.NOT_IN_PLAN: FeatureNotAvailable,
    Reason.OVERRIDE_OFF: FeatureNotAvailable,
    Reason.SUBSCRIPTION_INACTIVE: SubscriptionInactive,
}


def refuse(
    session: Session,
    owner: Owner,
    declaration: FeatureDeclaration,
    *,
    reason: Reason,
    used: int,
    wanted: int,
    loaded: Loaded,
) -> NoReturn:
    """Raise the error of a reason other than OK, and count it."""
    _REFUSALS.labels(declaration.code, reason).inc()
    if reason is Reason.USAGE_UNAVAILABLE:
        raise UsageUnavailable(feature_code=declaration.code)
    offer = find_offer(session, owner.platform_id, declaration, used=used, wanted=wanted)
    raise _ERRORS[reason](
        declaration.code,
        current=used,
        limit=loaded.entitlements.limits[declaration.code].value,
        upgrade_to=offer,
    )
