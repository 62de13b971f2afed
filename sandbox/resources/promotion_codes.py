"""Promotion codes: words that customers type to get a coupon."""

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata


@endpoint(
    "POST",
    "/v1/promotion_codes",
    "PromotionCodeCreateParams",
    covers="active code customer expires_at max_redemptions metadata promotion{type coupon}"
    " restrictions{first_time_transaction}",
)
def create_promotion_code(work: Transaction, params: Json) -> Json:
    """A code for a coupon; without a word one is drawn."""
    given = params["promotion"]
    if "coupon" not in given:
        raise missing_param("promotion[coupon]")
    coupon = work.get("coupon", given["coupon"], param="promotion[coupon]")
    if "customer" in params:
        work.get("customer", params["customer"], param="customer")
    word = params.get("code") or work.token(length=8).upper()
    _must_be_free(work, word)
    promotion = blank(
        "promotion_code",
        work.new_id("promotion_code"),
        active=params.get("active", True),
        code=word,
        created=work.now,
        customer=params.get("customer"),
        expires_at=params.get("expires_at"),
        max_redemptions=params.get("max_redemptions"),
        metadata=merged_metadata({}, params.get("metadata", {})),
        promotion={"coupon": coupon["id"], "type": "coupon"},
        restrictions={
            "first_time_transaction": False,
            "minimum_amount": None,
            "minimum_amount_currency": None,
            **params.get("restrictions", {}),
        },
        times_redeemed=0,
    )
    work.add(promotion)
    work.emit("promotion_code.created", promotion)
    return promotion


def _must_be_free(work: Transaction, word: str) -> None:
    same = "lower(json_extract(body, '$.code')) = ? AND json_extract(body, '$.active') = 1"
    if work.first("promotion_code", same, (word.lower(),)) is not None:
        raise invalid("An active promotion code with this code already exists.", param="code")


@endpoint("GET", "/v1/promotion_codes/{id}", "PromotionCodeRetrieveParams")
def retrieve_promotion_code(work: Transaction, _params: Json, object_id: str) -> Json:
    """One promotion code."""
    return work.get("promotion_code", object_id)


@endpoint("POST", "/v1/promotion_codes/{id}", "PromotionCodeUpdateParams", covers="active metadata")
def update_promotion_code(work: Transaction, params: Json, object_id: str) -> Json:
    """Switch a code on or off."""
    promotion = work.get("promotion_code", object_id)
    if "active" in params:
        promotion["active"] = params["active"]
    if "metadata" in params:
        promotion["metadata"] = merged_metadata(promotion["metadata"], params["metadata"])
    work.save(promotion)
    work.emit("promotion_code.updated", promotion)
    return promotion


@endpoint(
    "GET",
    "/v1/promotion_codes",
    "PromotionCodeListParams",
    covers=f"{PAGING} active code coupon created customer",
)
def list_promotion_codes(work: Transaction, params: Json) -> Json:
    """Promotion codes, newest first."""
    found = Filter().equal(params, "active", "code", "customer").times(params, "created")
    if "coupon" in params:
        found.where("json_extract(body, '$.promotion.coupon') = ?", params["coupon"])
    return list_page(work, "promotion_code", params, url="/v1/promotion_codes", found=found)
