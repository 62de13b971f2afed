"""Coupons: percentages and amounts off, once, for months or for ever."""

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata


@endpoint(
    "POST",
    "/v1/coupons",
    "CouponCreateParams",
    covers="amount_off currency duration duration_in_months id max_redemptions metadata name"
    " percent_off redeem_by",
)
def create_coupon(work: Transaction, params: Json) -> Json:
    """A coupon of either a percentage or an amount."""
    _check(params)
    coupon_id = params.get("id") or work.token(length=8)
    if work.find(coupon_id) is not None:
        raise invalid("Coupon already exists.", param="id", code="resource_already_exists")
    currency = params.get("currency")
    coupon = blank(
        "coupon",
        coupon_id,
        amount_off=params.get("amount_off"),
        created=work.now,
        currency=currency.lower() if currency and "amount_off" in params else None,
        duration=params.get("duration", "once"),
        duration_in_months=params.get("duration_in_months"),
        max_redemptions=params.get("max_redemptions"),
        metadata=merged_metadata({}, params.get("metadata", {})),
        name=params.get("name"),
        percent_off=params.get("percent_off"),
        redeem_by=params.get("redeem_by"),
        times_redeemed=0,
        valid=True,
    )
    work.add(coupon)
    work.emit("coupon.created", coupon)
    return coupon


def _check(params: Json) -> None:
    if ("percent_off" in params) == ("amount_off" in params):
        raise invalid("Exactly one of percent_off and amount_off must be given.")
    if "percent_off" in params and not 0 < params["percent_off"] <= 100:
        raise invalid("percent_off must be above 0 and at most 100.", param="percent_off")
    if "amount_off" in params and params["amount_off"] <= 0:
        raise invalid("Invalid positive integer", param="amount_off")
    if "amount_off" in params and "currency" not in params:
        raise missing_param("currency")
    repeating = params.get("duration") == "repeating"
    if repeating and not params.get("duration_in_months"):
        raise missing_param("duration_in_months")
    if not repeating and "duration_in_months" in params:
        raise invalid(
            "duration_in_months can only be set when duration is repeating.",
            param="duration_in_months",
        )


@endpoint("GET", "/v1/coupons/{id}", "CouponRetrieveParams")
def retrieve_coupon(work: Transaction, _params: Json, object_id: str) -> Json:
    """One coupon."""
    return work.get("coupon", object_id)


@endpoint("POST", "/v1/coupons/{id}", "CouponUpdateParams", covers="metadata name")
def update_coupon(work: Transaction, params: Json, object_id: str) -> Json:
    """Change name and metadata of a coupon."""
    coupon = work.get("coupon", object_id)
    if "name" in params:
        coupon["name"] = params["name"]
    if "metadata" in params:
        coupon["metadata"] = merged_metadata(coupon["metadata"], params["metadata"])
    work.save(coupon)
    work.emit("coupon.updated", coupon)
    return coupon


@endpoint("DELETE", "/v1/coupons/{id}", "CouponDeleteParams")
def delete_coupon(work: Transaction, _params: Json, object_id: str) -> Json:
    """Nobody can redeem it any more; discounts already given stay."""
    coupon = work.get("coupon", object_id)
    coupon["valid"] = False
    work.emit("coupon.deleted", coupon)
    coupon["deleted"] = True
    work.save(coupon)
    return {"id": object_id, "object": "coupon", "deleted": True}


@endpoint("GET", "/v1/coupons", "CouponListParams", covers=f"{PAGING} created")
def list_coupons(work: Transaction, params: Json) -> Json:
    """Coupons, newest first."""
    found = Filter().times(params, "created").where("json_extract(body, '$.deleted') IS NULL")
    return list_page(work, "coupon", params, url="/v1/coupons", found=found)
