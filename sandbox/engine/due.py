"""What is due when, for every kind of object that something happens to by itself."""

from sandbox.engine.checkouts import expire_session
from sandbox.engine.renewing import advance_subscription, subscription_due
from sandbox.engine.schedules import advance_schedule
from sandbox.engine.settling import collect, finalize_and_collect, pay_overdue
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction

RANKS = {"subscription_schedule": 0, "subscription": 1, "invoice": 2, "checkout.session": 3}
"""Order among things due at the same second: a new phase before the renewal that bills it."""


def due_of(obj: Json) -> tuple[int | None, int]:
    """When the engine has to look at an object again, and its rank."""
    kind = obj["object"]
    return _due_at(kind, obj), RANKS.get(kind, 9)


def _due_at(kind: str, obj: Json) -> int | None:
    if kind == "subscription":
        return subscription_due(obj)
    if kind == "invoice":
        return _invoice_due(obj)
    if kind == "subscription_schedule":
        return int(obj["current_phase"]["end_date"]) if obj["current_phase"] else None
    if kind == "checkout.session":
        return int(obj["expires_at"]) if obj["status"] == "open" else None
    return None


def _invoice_due(invoice: Json) -> int | None:
    if invoice["status"] == "draft":
        at: int | None = invoice["automatically_finalizes_at"]
        return at
    if invoice["status"] != "open":
        return None
    sent = invoice["collection_method"] == "send_invoice" and not hidden(invoice).get("overdue")
    waits: int | None = invoice["due_date"] if sent else invoice["next_payment_attempt"]
    return waits


def do_due(work: Transaction, obj: Json) -> None:
    """Do what is due for an object at `work.now`."""
    kind = obj["object"]
    if kind == "subscription":
        advance_subscription(work, obj)
    elif kind == "subscription_schedule":
        advance_schedule(work, obj)
    elif kind == "checkout.session":
        expire_session(work, obj)
    elif obj["status"] == "draft":
        finalize_and_collect(work, obj)
    elif obj["collection_method"] == "send_invoice":
        pay_overdue(work, obj)
    else:
        collect(work, obj)


def run_due(work: Transaction, clock: str, *, until: int, most: int) -> bool:
    """Do what is due on a clock, in order, at most `most` things; False when nothing is left."""
    for _ in range(most):
        found = work.next_due(clock, until)
        if found is None:
            return False
        obj, at = found
        work.now = max(at, 0)
        do_due(work, obj)
        work.save(obj)
    return True
