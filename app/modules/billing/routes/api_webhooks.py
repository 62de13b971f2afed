"""Where Stripe sends its webhooks (S11)."""

from fastapi import Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from app.kit.db import rerun_on_conflict, unit_of_work
from app.kit.errors import TooLarge
from app.kit.http.router import api_router
from app.modules.billing.services.stripe_service import stripe_service
from app.modules.billing.services.webhooks.inbox import Receipt, receive

MAX_BYTES = 1_000_000

router = api_router("/webhooks", "Webhooks")


class ReceiptOut(BaseModel):
    """What became of an event: received, duplicate or ignored."""

    status: Receipt


@router.post("/stripe")
async def post_stripe_webhook(request: Request) -> ReceiptOut:
    """Store an event that Stripe signed, and answer before it is worked on.

    A wrong signature is 400, a body of more than a megabyte 413, no signing secret 503.
    """
    body = await _read(request)
    signature = request.headers.get("stripe-signature")
    return ReceiptOut(status=await run_in_threadpool(_receive, body, signature))


async def _read(request: Request) -> bytes:
    """Read the body as it was sent. Raises TooLarge before it is held whole."""
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def _receive(body: bytes, signature: str | None) -> Receipt:
    event = stripe_service.construct_event(body, signature)

    def store() -> Receipt:
        with unit_of_work() as work:
            return receive(work, event)

    receipt: Receipt = rerun_on_conflict(store)
    return receipt
