"""One fetch at a time for each subscription, whoever asks (S12)."""


def sync_now(stripe_subscription_id: str) -> bool:
    """Bring local state to Stripe's; whether it is.

    Where another process is at it already, it is waited for. False where Stripe cannot be
    reached or the other takes too long: the wish stays and is served later.
    """
    raise NotImplementedError
