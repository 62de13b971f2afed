"""Tiers in the hands of operators (D25, D26)."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Path, Response

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.permissions import MANAGE_TIERS
from app.modules.billing.repositories import tiers
from app.modules.billing.routes.addon_answers import step_out
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.routes.platform_answers import platform_briefs
from app.modules.billing.schemas.addons import SetupStepOut
from app.modules.billing.schemas.limits import ImpactIn, ImpactOut, OverMerchantOut
from app.modules.billing.schemas.tiers import TierIn, TierOut, TierPatch, codes_of
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.create_tier import TierDraft, create_tier
from app.modules.billing.services.delete_tier import delete_tier
from app.modules.billing.services.feature_service import FeatureService
from app.modules.billing.services.find_tier import get_tier, get_writable_tier
from app.modules.billing.services.offered_tiers import shown_limits
from app.modules.billing.services.offers import localized
from app.modules.billing.services.stripe_setup.sellable import sellable_tier
from app.modules.billing.services.stripe_setup.setup import sell_at_stripe
from app.modules.billing.services.tier_limits import LimitEntry
from app.modules.billing.services.update_tier import update_tier

router = api_router("/admin/subscriptions/tiers", "Admin: tiers")
Writer = Annotated[Operator, Depends(operating(MANAGE_TIERS))]
TierCode = Annotated[str, Path(max_length=80)]


@router.get("")
def get_tiers(
    reader: Reader,
    paging: Paging,
    platform_id: int | None = None,
    include_inactive: bool = True,
) -> PageOut[TierOut]:
    """The tiers in scope; sorts: display_order, code, price_monthly_cents."""
    scope = reader.scope.narrowed(platform_id)
    with unit_of_work(read_only=True) as work:
        page = tiers.list_tiers(
            work.session, scope.platform_ids, include_inactive=include_inactive, request=paging
        )
        shown = iter(_outs(work, page.items))
        return PageOut[TierOut].of(page.map(lambda _tier: next(shown)))


@router.get("/{tier_code}")
def get_one_tier(
    tier_code: TierCode, reader: Reader, response: Response, platform_id: int | None = None
) -> TierOut:
    """One tier."""
    with unit_of_work(read_only=True) as work:
        tier = get_tier(work, reader.scope, tier_code, platform_id=platform_id)
        return _answered(work, response, tier)


@router.post("", status_code=201)
@idempotent
def post_tier(body: TierIn, writer: Writer, response: Response) -> TierOut:
    """Add a tier to a platform; its features are set by themselves."""
    fields = body.model_dump(exclude={"platform_id", "code"})
    with unit_of_work() as work:
        tier = create_tier(work, writer, draft=TierDraft(body.platform_id, body.code, fields))
        return _answered(work, response, tier)


@router.patch("/{tier_code}")
def patch_tier(
    tier_code: TierCode,
    body: TierPatch,
    *,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
    platform_id: int | None = None,
) -> TierOut:
    """Change a tier; those who subscribe keep their price (D26)."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        tier = get_writable_tier(work, writer, tier_code, platform_id=platform_id)
        update_tier(work, writer, tier, changes=changes, expected=expected)
        return _answered(work, response, tier)


@router.delete("/{tier_code}", status_code=204)
def delete_one_tier(
    tier_code: TierCode, writer: Writer, expected: ExpectedVersion, platform_id: int | None = None
) -> None:
    """Delete a tier that nobody has."""
    with unit_of_work() as work:
        tier = get_writable_tier(work, writer, tier_code, platform_id=platform_id)
        delete_tier(work, writer, tier, expected=expected)


@router.post("/{tier_code}/impact")
def post_impact(
    tier_code: TierCode, body: ImpactIn, reader: Reader, platform_id: int | None = None
) -> ImpactOut:
    """Whom these limits would put over them; nothing is written."""
    wishes = [LimitEntry(one.feature_code, one.limit_value, one.enabled) for one in body.limits]
    with unit_of_work(read_only=True) as work:
        tier = get_tier(work, reader.scope, tier_code, platform_id=platform_id)
        impact = FeatureService().get_impact(work, tier, wishes)
    return ImpactOut(
        over=impact.over,
        sample=[
            OverMerchantOut(
                id=one.id, name=one.name, feature_code=one.feature_code, current=one.current
            )
            for one in impact.sample
        ],
        codes=impact.codes,
    )


@router.post("/{tier_code}/stripe-sync")
def post_stripe_sync(
    tier_code: TierCode, writer: Writer, dry_run: bool = False, platform_id: int | None = None
) -> list[SetupStepOut]:
    """Make product and prices of a tier at Stripe; with `dry_run` only tell."""
    require_payments()
    with unit_of_work(read_only=True) as work:
        tier = get_writable_tier(work, writer, tier_code, platform_id=platform_id)
        sold = sellable_tier(work, tier)
    return [step_out(one) for one in sell_at_stripe(sold, actor=writer.actor, dry_run=dry_run)]


def _answered(work: UnitOfWork, response: Response, tier: SubscriptionTier) -> TierOut:
    set_etag(response, tier.version)
    return _outs(work, [tier])[0]


def _outs(work: UnitOfWork, shown: Sequence[SubscriptionTier]) -> list[TierOut]:
    """Return the answers for some tiers; three queries however many there are."""
    ids = [tier.id for tier in shown]
    limits = shown_limits(work, ids)
    platforms = platform_briefs(work, [tier.platform_id for tier in shown])
    subscribers = tiers.count_subscribers_of(work.session, ids)
    return [
        TierOut.of(
            tier,
            name=localized(tier.name_i18n, tier.code),
            platform=platforms[tier.platform_id],
            feature_codes=codes_of(limits.get(tier.id, ())),
            subscribers=subscribers.get(tier.id, 0),
        )
        for tier in shown
    ]
