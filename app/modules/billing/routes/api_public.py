"""What anybody may read: the plans of a platform."""

from typing import Annotated

from fastapi import Path

from app.kit.db import unit_of_work
from app.kit.http.router import api_router
from app.modules.billing.routes.feature_answers import tier_out
from app.modules.billing.schemas.tiers import PublicTierOut
from app.modules.billing.services.offered_tiers import public_tiers
from app.modules.tenancy.public import get_open_platform_id

router = api_router("/public", "Public")


@router.get("/platforms/{platform_code}/tiers")
def get_public_tiers(
    platform_code: Annotated[str, Path(max_length=80)],
) -> list[PublicTierOut]:
    """The active public tiers of an open platform, by display order."""
    with unit_of_work(read_only=True) as work:
        platform_id = get_open_platform_id(work, platform_code)
        return [tier_out(tier, limits) for tier, limits in public_tiers(work, platform_id)]
