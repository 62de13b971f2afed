"""`POST /api/v1/webhooks/stripe` for what Stripe signed: stored together, answered after (S11).

The same answer as `api_webhooks.post_stripe_webhook`, which takes over whatever is refused, and
whatever could not be stored in company.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from app.kit.db import rerun_on_conflict, unit_of_work
from app.kit.errors import AppError
from app.kit.group_commit import GroupCommit
from app.modules.billing.services.stripe_service import stripe_service
from app.modules.billing.services.webhooks.inbox import Receipt, receive_all

PATH = "/api/v1/webhooks/stripe"


async def hot_webhook(body: bytes, headers: Mapping[bytes, bytes]) -> bytes | None:
    """Return the receipt of a signed event that is on disk, None for anything else."""
    signature = headers.get(b"stripe-signature", b"").decode("latin-1")
    try:
        event = stripe_service.construct_event(body, signature)
    except AppError:
        return None
    receipt = await _inbox.add(event)
    return None if receipt is None else b'{"status":"%s"}' % receipt.encode()


def _store(events: Sequence[Mapping[str, Any]]) -> Sequence[Receipt]:
    receipts: Sequence[Receipt] = rerun_on_conflict(partial(_store_once, events))
    return receipts


def _store_once(events: Sequence[Mapping[str, Any]]) -> Sequence[Receipt]:
    with unit_of_work() as work:
        return receive_all(work, events)


_inbox = GroupCommit(_store)
