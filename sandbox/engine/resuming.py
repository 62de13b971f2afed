"""A paused subscription starts again."""

from sandbox.engine.changing import Change, begin_period
from sandbox.engine.invoices import finalize
from sandbox.engine.items import items_of
from sandbox.engine.renewing import renew
from sandbox.engine.settling import collect
from sandbox.store.json_values import Json, clone
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid


def resume(work: Transaction, subscription: Json, customer: Json, params: Json) -> Json:
    """Bill the period that begins with the resumption; active once that is paid."""
    if subscription["status"] != "paused":
        raise invalid("You can only resume subscriptions with a status of `paused`.")
    if params.get("billing_cycle_anchor", {}).get("type") == "unchanged":
        invoice = renew(work, subscription)
    else:
        change = Change(
            customer=customer,
            before=clone(items_of(subscription)),
            at=work.now,
            behavior="none",
        )
        invoice = begin_period(work, subscription, change)
    work.save(subscription)
    if finalize(work, invoice):
        collect(work, invoice)
    return subscription
