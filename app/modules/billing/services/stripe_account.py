"""Which account at Stripe is ours: the key of another one is refused (S3)."""

from dataclasses import dataclass

from app.kit.db import unit_of_work
from app.modules.billing.exceptions import OtherStripeAccount
from app.modules.billing.gateways.stripe_account import account_id
from app.modules.billing.models import StripeAccount
from app.modules.billing.settings import billing_settings

ACCOUNT_ROW = 1
_accepted: set[tuple[str, str]] = set()  # keys with the account that each belongs to


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The account of our key; `row` is what was pinned, None before the first set-up."""

    account_id: str
    row: StripeAccount | None


def require_own_account() -> None:
    """Refuse to begin anything new at the account of somebody else.

    Stripe is asked once for each key in this process, and not at all before the first set-up.
    Raises as `read_own_account`.
    """
    key = billing_settings().stripe_secret_key
    with unit_of_work(read_only=True) as work:
        row = work.session.get(StripeAccount, ACCOUNT_ROW)
    if key is None or row is None:
        return
    pair = (key.get_secret_value(), row.account_id)
    if pair not in _accepted:
        read_own_account()
        _accepted.add(pair)


def read_own_account() -> OwnAccount:
    """Ask Stripe whose key this is, and compare it with the pinned account.

    Raises OtherStripeAccount, PaymentSystemNotConfiguredError, and as `gateways.client.ask`.
    """
    with unit_of_work(read_only=True) as work:
        row = work.session.get(StripeAccount, ACCOUNT_ROW)
    found = account_id()
    if row is not None and (row.account_id, row.livemode) != (found, billing_settings().livemode):
        raise OtherStripeAccount
    return OwnAccount(found, row)
