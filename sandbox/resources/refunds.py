"""Refunds: money back, all or in part."""

from sandbox.contract.skeleton import blank
from sandbox.engine.time import customer_of
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata


@endpoint(
    "POST",
    "/v1/refunds",
    "RefundCreateParams",
    covers="amount charge metadata payment_intent reason",
)
def create_refund(work: Transaction, params: Json) -> Json:
    """Give back a charge or a part of it; Stripe's 400 for more than is left."""
    charge = _charge(work, params)
    customer_of(work, charge["customer"])
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if left == 0:
        raise invalid(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if not 0 < amount <= left:
        raise invalid(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
        )
    refund = blank(
        "refund",
        work.new_id("refund"),
        amount=amount,
        charge=charge["id"],
        created=work.now,
        currency=charge["currency"],
        metadata=merged_metadata({}, params.get("metadata", {})),
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
        status="succeeded",
    )
    refund[HIDDEN] = {"clock": charge[HIDDEN]["clock"]}
    work.add(refund)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    work.save(charge)
    work.emit("refund.created", refund)
    work.emit("charge.refunded", charge)
    return refund


def _charge(work: Transaction, params: Json) -> Json:
    if "charge" in params:
        charge = work.get("charge", params["charge"], param="charge")
    elif "payment_intent" in params:
        intent = work.get("payment_intent", params["payment_intent"], param="payment_intent")
        if intent["status"] != "succeeded":
            raise invalid(
                "This PaymentIntent does not have a successful charge to refund.",
                param="payment_intent",
            )
        charge = work.get("charge", intent["latest_charge"])
    else:
        raise missing_param("charge")
    if charge["status"] != "succeeded":
        raise invalid("This charge did not succeed and cannot be refunded.", param="charge")
    return charge


@endpoint("GET", "/v1/refunds/{id}", "RefundRetrieveParams")
def retrieve_refund(work: Transaction, _params: Json, object_id: str) -> Json:
    """One refund."""
    return work.get("refund", object_id)


@endpoint(
    "GET",
    "/v1/refunds",
    "RefundListParams",
    covers=f"{PAGING} charge created payment_intent",
)
def list_refunds(work: Transaction, params: Json) -> Json:
    """Refunds, newest first."""
    found = Filter().equal(params, "charge", "payment_intent").times(params, "created")
    return list_page(work, "refund", params, url="/v1/refunds", found=found)
