"""Without keys nothing can be paid, and everything else works (S3)."""

from collections.abc import Callable

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.models import CheckoutIntent
from app.modules.billing.services.start_trial import start_trial
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_shop
from tests.integration.billing.money.world import BILLING
from tests.integration.browser import Visitor


@pytest.fixture
def owner(visitor: Callable[[], Visitor]) -> Visitor:
    """The owner of a shop in its local trial."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    with unit_of_work() as work:
        start_trial(work, shop.owner, tier_code="essential")
    return visitor().sign_in(shop.owner_email)


@pytest.mark.parametrize(
    ("path", "body"), [("checkout", {"tier_code": "professional"}), ("portal", None)]
)
def test_paying_says_that_it_is_not_set_up(
    owner: Visitor, path: str, body: dict[str, str] | None
) -> None:
    answer = owner.post(f"{BILLING}/{path}", body)
    told = (answer.status_code, answer.json()["error_code"])
    assert told == (503, "payment_system_not_configured")
    with unit_of_work(read_only=True) as work:
        assert work.session.query(CheckoutIntent).count() == 0


def test_a_trial_changes_ends_and_goes_on_all_the_same(owner: Visitor) -> None:
    changed = owner.post(f"{BILLING}/change-tier", {"tier_code": "business"})
    assert (changed.status_code, changed.json()["status"]) == (200, "applied")
    assert owner.post(f"{BILLING}/cancel", {}).status_code == 200
    assert owner.post(f"{BILLING}/reactivate").status_code == 200
    assert owner.get(f"{BILLING}/invoices").json()["items"] == []
    assert owner.get(f"{BILLING}/subscription").json()["payments_configured"] is False
