"""Features in the hands of operators: catalog, tier limits, overrides, explanations."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Body, Depends, Path, Query, Response

from app.kit.db import unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.router import api_router
from app.kit.i18n import translate
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS, MANAGE_TIERS
from app.modules.billing.routes.feature_answers import part_out
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.schemas.features import CatalogEntryOut, CatalogOut, ExplanationOut
from app.modules.billing.schemas.limits import OverrideIn, OverrideOut, TierFeatureLimitEntry
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.explain import explain_all
from app.modules.billing.services.feature_service import FeatureService
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.find_owner import get_subscription_in_scope, owner_of
from app.modules.billing.services.find_tier import get_tier, get_writable_tier
from app.modules.billing.services.overrides import OverrideWish
from app.modules.billing.services.tier_limits import Keep, LimitEntry

router = api_router("/admin/subscriptions/features", "Admin: features")
TierWriter = Annotated[Operator, Depends(operating(MANAGE_TIERS))]
Writer = Annotated[Operator, Depends(operating(MANAGE_SUBSCRIPTIONS))]
TierCode = Annotated[str, Path(max_length=80)]
Entries = Annotated[list[TierFeatureLimitEntry], Body(max_length=500)]
Wishes = Annotated[list[OverrideIn], Body(max_length=500)]
KeepChoice = Annotated[Keep, Query(description="For whom a lowered limit stays as it was.")]


@router.get("/catalog")
def get_catalog(_reader: Reader) -> CatalogOut:
    """Every feature that an enabled module declares, by category."""
    return CatalogOut(
        features={
            category: [CatalogEntryOut.of(one) for one in declarations]
            for category, declarations in FeatureService().get_catalog().items()
        }
    )


@router.get("/tiers/{tier_code}/limits")
def get_tier_limits(
    tier_code: TierCode, reader: Reader, response: Response, platform_id: int | None = None
) -> list[TierFeatureLimitEntry]:
    """The features of a tier; the entity tag is the tier's."""
    with unit_of_work(read_only=True) as work:
        tier = get_tier(work, reader.scope, tier_code, platform_id=platform_id)
        set_etag(response, tier.version)
        return _entries(FeatureService().get_tier_limits(work, tier))


@router.put("/tiers/{tier_code}/limits")
def put_tier_limits(
    tier_code: TierCode,
    body: Entries,
    *,
    writer: TierWriter,
    expected: ExpectedVersion,
    response: Response,
    platform_id: int | None = None,
    keep: KeepChoice = Keep.NOBODY,
) -> list[TierFeatureLimitEntry]:
    """Write the listed features, leave the others; answers the whole new list."""
    entries = [LimitEntry(one.feature_code, one.limit_value, one.enabled) for one in body]
    with unit_of_work() as work:
        tier = get_writable_tier(work, writer, tier_code, platform_id=platform_id)
        written = FeatureService().set_tier_limits(
            work, tier, entries=entries, keep=keep, actor=writer.actor, expected=expected
        )
        set_etag(response, tier.version)
        return _entries(written)


@router.get("/merchants/{merchant_id}/overrides")
def get_overrides(
    merchant_id: Id, reader: Reader, response: Response, platform_id: int | None = None
) -> list[OverrideOut]:
    """The exceptions made for a merchant, expired ones too."""
    with unit_of_work(read_only=True) as work:
        found = get_subscription_in_scope(work, reader.scope, merchant_id, platform_id=platform_id)
        set_etag(response, found.version)
        rows = FeatureService().get_overrides(work, owner_of(found))
        return [OverrideOut.model_validate(row) for row in rows]


@router.put("/merchants/{merchant_id}/overrides")
def put_overrides(
    merchant_id: Id,
    body: Wishes,
    *,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
    platform_id: int | None = None,
) -> list[OverrideOut]:
    """Write the listed exceptions, leave the others; answers the whole new list."""
    wishes = [OverrideWish(**one.model_dump()) for one in body]
    with unit_of_work() as work:
        found = get_subscription_in_scope(work, writer.scope, merchant_id, platform_id=platform_id)
        rows = FeatureService().set_overrides(
            work, found, wishes=wishes, actor=writer.actor, expected=expected
        )
        set_etag(response, found.version)
        return [OverrideOut.model_validate(row) for row in rows]


@router.get("/merchants/{merchant_id}/explain")
def get_explanations(
    merchant_id: Id, reader: Reader, platform_id: int | None = None
) -> list[ExplanationOut]:
    """Every feature of a merchant with everything that led to the decision (D41)."""
    with unit_of_work(read_only=True) as work:
        found = get_subscription_in_scope(work, reader.scope, merchant_id, platform_id=platform_id)
        return [
            ExplanationOut(
                code=one.code,
                name=translate(registry().get(one.code).name_key),
                allowed=one.allowed,
                reason=one.reason,
                limit=one.limit,
                current=one.current,
                parts=[part_out(part) for part in one.parts],
            )
            for one in explain_all(work.session, owner_of(found))
        ]


def _entries(entries: Sequence[LimitEntry]) -> list[TierFeatureLimitEntry]:
    return [
        TierFeatureLimitEntry(
            feature_code=one.feature_code, limit_value=one.limit_value, enabled=one.enabled
        )
        for one in entries
    ]
