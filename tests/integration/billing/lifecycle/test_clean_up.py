"""What nobody can use any more goes; history never does (D40)."""

from datetime import timedelta

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.kit.http.idempotency import IdempotencyRecord
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.tenancy.models import ApiToken, OneTimeLink, UserSession
from tests.factories.billing import a_subscription
from tests.factories.tenancy import AShop
from tests.integration.billing.lifecycle.conftest import NOW, Row, RunJob

JOB = "cleanup_stale_subscriptions"
DAY = timedelta(days=1)


def ended_at_stripe(shop: AShop) -> None:
    ended = a_subscription(shop.owner, status=SubscriptionStatus.CANCELLED)
    with unit_of_work() as work:
        row = work.session.get_one(MerchantSubscription, ended)
        row.cancelled_at = NOW
        row.stripe_customer_id, row.stripe_subscription_id = "cus_1", "sub_1"
        row.stripe_price_id, row.stripe_schedule_id = "price_1", "sub_sched_1"


def test_it_archives_stripes_ids_after_ninety_days_and_keeps_the_customer(
    shop: AShop, clock: SettableClock, row: Row, run_job: RunJob
) -> None:
    ended_at_stripe(shop)
    clock.at = NOW + 90 * DAY
    assert run_job(JOB)["archived"] == 0
    assert row().stripe_subscription_id == "sub_1"
    clock.at = NOW + 91 * DAY
    assert run_job(JOB)["archived"] == 1
    archived = row()
    assert (archived.stripe_subscription_id, archived.stripe_schedule_id) == (None, None)
    assert (archived.stripe_customer_id, archived.status) == ("cus_1", "cancelled")
    assert run_job(JOB)["archived"] == 0


def test_it_drops_what_has_expired_and_nothing_else(
    shop: AShop, clock: SettableClock, run_job: RunJob
) -> None:
    with unit_of_work() as work:
        for number, end in enumerate((NOW - DAY, NOW + DAY)):
            at = {"created_at": NOW - 2 * DAY, "expires_at": end, "user_id": shop.owner_id}
            work.session.add(UserSession(token_hash=f"s{number}", last_seen_at=NOW, **at))
            work.session.add(OneTimeLink(token_hash=f"l{number}", purpose="verify_email", **at))
            token = {"name": "t", "hint": "h", "scopes": [], "created_at": NOW - 200 * DAY}
            work.session.add(ApiToken(token_hash=f"t{number}", expires_at=end - 90 * DAY, **token))
            work.session.add(
                IdempotencyRecord(scope_hash=f"i{number}", body_hash="", started_at=end - DAY)
            )
    clock.at = NOW + timedelta(minutes=1)
    assert run_job(JOB) == {
        "archived": 0,
        "checkouts": 0,
        "sessions": 1,
        "links": 1,
        "tokens": 1,
        "answers": 1,
    }
