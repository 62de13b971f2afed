"""Noting what a change does to the figures, in its own transaction (D27)."""

from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnChange, Figure, StoreAddOn
from app.modules.billing.repositories import tallies
from app.modules.billing.services.figures.standing import Standing, happened


def note_subscription(
    work: UnitOfWork, platform_id: int, before: Standing | None, after: Standing
) -> None:
    """Note that a subscription is new, or stands differently from before."""
    if before == after:
        return
    differences = [_there_is(after, 1)]
    if before is not None:
        differences.append(_there_is(before, -1))
    today = business_now().date()
    differences += [{"figure": one, "day": today, "amount": 1} for one in happened(before, after)]
    tallies.append(work.session, [{"platform_id": platform_id, **one} for one in differences])


def note_addon(work: UnitOfWork, addon: StoreAddOn, *, arr_before: int) -> None:
    """Note what an add-on brings in a year, in minor units, where that changed.

    The change itself is kept, for the movements of revenue.
    """
    arr_after = addon.arr_cents
    if arr_before == arr_after:
        return
    work.session.flush()
    work.session.add(
        AddOnChange(
            store_addon_id=addon.id,
            platform_id=addon.platform_id,
            at=business_now(),
            arr_cents_before=arr_before,
            arr_cents_after=arr_after,
        )
    )
    difference = {
        "platform_id": addon.platform_id,
        "figure": Figure.ADDON,
        "amount": (arr_after > 0) - (arr_before > 0),
        "arr_cents": arr_after - arr_before,
    }
    tallies.append(work.session, [difference])


def _there_is(standing: Standing, sign: int) -> dict[str, Any]:
    arr_cents = standing.counted_arr_cents
    return {
        "figure": Figure.SUBSCRIPTION,
        "tier_id": standing.tier_id,
        "status": standing.status,
        "billing_source": standing.billing_source,
        "amount": sign,
        "paying": sign * (arr_cents > 0),
        "arr_cents": sign * arr_cents,
    }
