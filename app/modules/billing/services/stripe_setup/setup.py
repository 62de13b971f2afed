"""Setting up an account at Stripe, from nothing or from a half done run (S10)."""

from collections.abc import Iterator

from sqlalchemy import select

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.gateways.stripe_account import tax_status
from app.modules.billing.models import AddOnProduct, StripeAccount, SubscriptionTier
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.stripe_account import ACCOUNT_ROW, read_own_account
from app.modules.billing.services.stripe_setup.catalog import ensure_at_stripe
from app.modules.billing.services.stripe_setup.portal import ensure_portal
from app.modules.billing.services.stripe_setup.sellable import (
    Sellable,
    keep_ids,
    sellable_addon,
    sellable_tier,
)
from app.modules.billing.services.stripe_setup.steps import Outcome, SetupReport, Step
from app.modules.billing.services.stripe_setup.webhook import ensure_endpoint
from app.modules.billing.settings import billing_settings

COMMAND = Actor("command:stripe-setup")


def set_up_stripe(*, base_url: str, dry_run: bool = False) -> SetupReport:
    """Pin the account; make products, prices, the portal's configuration and the webhook endpoint.

    What is there and fits is left alone, so that a second run changes nothing, also after one that
    was cut off. A dry run only tells. Raises PaymentSystemNotConfiguredError, OtherStripeAccount,
    StripePriceTaken, and as `gateways.client.ask`.
    """
    settings = billing_settings()
    pinned = read_own_account()
    steps = [_pin(pinned.account_id, is_new=pinned.row is None, dry_run=dry_run)]
    for sold in _sellables():
        steps += sell_at_stripe(sold, actor=COMMAND, dry_run=dry_run)
    known_portal = None if pinned.row is None else pinned.row.portal_configuration_id
    portal_id, step = ensure_portal(known_portal, return_url=base_url, dry_run=dry_run)
    endpoint = ensure_endpoint(
        base_url,
        knows_secret=bool(settings.webhook_secrets),
        may_be_local=settings.at_sandbox,
        dry_run=dry_run,
    )
    if not dry_run:
        _keep(portal_id, endpoint.id)
    return SetupReport((*steps, step, endpoint.step, *_seller()), endpoint.secret)


def sell_at_stripe(sold: Sellable, *, actor: Actor, dry_run: bool) -> list[Step]:
    """Bring one tier or add-on to Stripe, and its ids to our row. Raises as `set_up_stripe`."""
    at_stripe, steps = ensure_at_stripe(sold, dry_run=dry_run)
    if not dry_run:
        with unit_of_work() as work:
            keep_ids(work, sold, at_stripe, actor=actor)
    return steps


def _sellables() -> list[Sellable]:
    """Return everything that may be sold, public or not; what is inactive may come back."""
    with unit_of_work(read_only=True) as work:
        return list(_read(work))


def _read(work: UnitOfWork) -> Iterator[Sellable]:
    for tier in work.session.scalars(
        select(SubscriptionTier).order_by(SubscriptionTier.platform_id, SubscriptionTier.rank)
    ):
        yield sellable_tier(work, tier)
    for addon in work.session.scalars(
        select(AddOnProduct).order_by(AddOnProduct.platform_id, AddOnProduct.display_order)
    ):
        yield sellable_addon(work, addon)


def _pin(account_id: str, *, is_new: bool, dry_run: bool) -> Step:
    """From now on the key of another account is refused (S3)."""
    if is_new and not dry_run:
        with unit_of_work() as work:
            work.session.add(
                StripeAccount(
                    id=ACCOUNT_ROW,
                    account_id=account_id,
                    livemode=billing_settings().livemode,
                    set_up_at=system_now(),
                )
            )
    return Step("account", account_id, Outcome.CREATED if is_new else Outcome.UNCHANGED)


def _keep(portal_id: str | None, endpoint_id: str | None) -> None:
    with unit_of_work() as work:
        row = work.session.get_one(StripeAccount, ACCOUNT_ROW, with_for_update=True)
        row.portal_configuration_id = portal_id
        row.webhook_endpoint_id = endpoint_id or row.webhook_endpoint_id


def _seller() -> list[Step]:
    """What bills need of the seller, and no program can fill in."""
    numbering = Step(
        "invoices", "numbering", Outcome.CHECK, "number across the account, not by customer"
    )
    status = tax_status()
    if status == "active":
        note, outcome = "tax settings are complete", Outcome.UNCHANGED
    elif billing_settings().stripe_automatic_tax:
        note, outcome = f"tax settings are {status}: automatic tax will fail", Outcome.CHECK
    else:
        note, outcome = f"tax settings are {status}: bills carry no tax", Outcome.CHECK
    return [numbering, Step("tax", "seller", outcome, note)]
