"""What several events speak of is looked up at once, before each takes effect."""

from collections.abc import Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.shapes import links_of
from app.modules.billing.repositories.foreseen import foresee_plans, foreseen, lock_plans
from app.modules.billing.services.webhooks.inbox import ClaimedEvent


def foresee(work: UnitOfWork, claims: Sequence[ClaimedEvent]) -> None:
    """Note whose plans the events are about, and lock those that invoices are written into.

    Locked at once, in one order, they make no deadlock with others that lock several.
    """
    links = [(claim, *links_of(claim.object)) for claim in claims]
    foresee_plans(
        work.session,
        subscriptions=[one for _, one, _ in links if one is not None],
        customers=[one for _, _, one in links if one is not None],
    )
    known = foreseen(work.session).subscriptions
    invoiced = {one for claim, one, _ in links if claim.type.startswith("invoice.")}
    lock_plans(work.session, [known[one] for one in invoiced if one in known])
