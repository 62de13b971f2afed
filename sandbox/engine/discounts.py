"""Discounts: coupons and promotion codes at work on a customer, subscription or invoice."""

from fractions import Fraction

from sandbox.contract.skeleton import blank
from sandbox.engine.calendar import boundary
from sandbox.engine.discounting import Reduction
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid, missing_param


def redeem(
    work: Transaction, given: Json, *, customer: Json, param: str, subscription: str | None = None
) -> Json:
    """A new discount from `{coupon}` or `{promotion_code}`, or the one that `{discount}` names."""
    if "discount" in given:
        return work.get("discount", given["discount"], param=f"{param}[discount]")
    promotion = None
    if "promotion_code" in given:
        promotion = work.get(
            "promotion_code", given["promotion_code"], param=f"{param}[promotion_code]"
        )
        check_promotion(work, promotion, customer)
        promotion["times_redeemed"] += 1
        if _used_up(promotion):
            promotion["active"] = False
        work.save(promotion)
        coupon = work.get("coupon", promotion["promotion"]["coupon"], param=param)
    elif "coupon" in given:
        coupon = work.get("coupon", given["coupon"], param=f"{param}[coupon]")
    else:
        raise missing_param(f"{param}[coupon]")
    _use(work, coupon)
    return _discount(work, coupon, promotion, customer=customer, subscription=subscription)


def check_promotion(work: Transaction, promotion: Json, customer: Json | None) -> None:
    """Raise Stripe's 400 when a code cannot be used now, or not by this customer."""
    expired = promotion["expires_at"] is not None and promotion["expires_at"] <= work.now
    theirs = promotion["customer"] in (None, (customer or {}).get("id"))
    if not promotion["active"] or expired or not theirs or _used_up(promotion):
        raise _unusable("This promotion code cannot be redeemed because it is not active.")
    first_only = promotion["restrictions"]["first_time_transaction"]
    if first_only and customer and _has_paid(work, customer):
        raise _unusable(
            "This promotion code cannot be redeemed because the associated customer has prior "
            "transactions."
        )


def _unusable(message: str) -> StripeError:
    return invalid(message, param="promotion_code", code="promotion_code_invalid")


def _used_up(thing: Json) -> bool:
    return thing["max_redemptions"] is not None and (
        thing["times_redeemed"] >= thing["max_redemptions"]
    )


def _has_paid(work: Transaction, customer: Json) -> bool:
    paid = "customer = ? AND json_extract(body, '$.amount_paid') > 0"
    return work.first("invoice", paid, (customer["id"],)) is not None


def _use(work: Transaction, coupon: Json) -> None:
    expired = coupon["redeem_by"] is not None and coupon["redeem_by"] <= work.now
    if not coupon["valid"] or expired:
        raise invalid(f"Coupon expired: {coupon['id']}", param="coupon", code="coupon_expired")
    coupon["times_redeemed"] += 1
    coupon["valid"] = not _used_up(coupon)
    work.save(coupon)


def _discount(
    work: Transaction,
    coupon: Json,
    promotion: Json | None,
    *,
    customer: Json,
    subscription: str | None,
) -> Json:
    end = None
    if coupon["duration"] == "repeating":
        end = boundary(work.now, "month", 1, coupon["duration_in_months"])
    return work.add(
        blank(
            "discount",
            work.new_id("discount"),
            customer=customer["id"],
            end=end,
            promotion_code=promotion["id"] if promotion else None,
            source={"coupon": coupon["id"], "type": "coupon"},
            start=work.now,
            subscription=subscription,
        )
    )


def coupon_of(work: Transaction, discount_id: str) -> Json:
    """The coupon behind a discount."""
    discount = work.get("discount", discount_id)
    coupon = work.find(discount["source"]["coupon"])
    assert coupon is not None
    return coupon


def reductions(work: Transaction, discount_ids: list[str], *, currency: str) -> list[Reduction]:
    """The arithmetic of discounts; a fixed amount in another currency takes nothing off."""
    found = []
    for discount_id in discount_ids:
        coupon = coupon_of(work, discount_id)
        if coupon["percent_off"] is not None:
            found.append(Reduction(discount_id, percent=Fraction(str(coupon["percent_off"]))))
        elif coupon["currency"] == currency:
            found.append(Reduction(discount_id, amount=coupon["amount_off"]))
    return found


def live_discounts(work: Transaction, discount_ids: list[str]) -> list[str]:
    """Those that have not ended by now."""
    ends = [(each, work.get("discount", each)["end"]) for each in discount_ids]
    return [each for each, end in ends if end is None or end > work.now]


def after_invoice(work: Transaction, discount_ids: list[str]) -> list[str]:
    """What is left for the next invoice: discounts for one invoice are spent."""
    return [each for each in discount_ids if coupon_of(work, each)["duration"] != "once"]
