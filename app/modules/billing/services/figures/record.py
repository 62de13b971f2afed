"""Noting what a change does to the figures, in its own transaction (D27)."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnChange, Figure, StoreAddOn
from app.modules.billing.repositories import tallies
from app.modules.billing.services.figures.standing import Standing, happened


class Movement(NamedTuple):
    """How a subscription of a platform stood, None if it is new, and how it stands."""

    platform_id: int
    before: Standing | None
    after: Standing


def note_subscriptions(work: UnitOfWork, movements: Iterable[Movement]) -> None:
    """Note that subscriptions are new, or stand differently from before."""
    tallies.put(work.session, (one for moved in movements for one in _differences(moved)))


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
    tallies.put(work.session, [difference])


def _differences(moved: Movement) -> Iterator[dict[str, Any]]:
    platform = {"platform_id": moved.platform_id}
    yield platform | _there_is(moved.after, 1)
    if moved.before is not None:
        yield platform | _there_is(moved.before, -1)
    today = business_now().date()
    for figure in happened(moved.before, moved.after):
        yield platform | {"figure": figure, "day": today, "amount": 1}


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
