"""A demo of its own, since these journeys move its time; its tiers and add-ons are sold at Stripe."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser

from devtools.services.demo import Demo, running_demo
from tests.e2e.money.buyer import Buyer
from tests.e2e.money.operator import Operator

_addresses = count(1)
NewBuyer = Callable[..., Buyer]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that nobody else has."""
    with running_demo(tmp_path_factory.mktemp("market")) as running:
        yield running


@pytest.fixture
def operator(browser: Browser, market: Demo) -> Iterator[Operator]:
    """The super admin, who has put everything on sale."""
    operator = Operator(browser, market, at=f"10.1.{next(_addresses)}.1")
    operator.sign_in("admin@demo.test")
    operator.sell_everything()
    yield operator
    operator.context.close()


@pytest.fixture
def new_buyer(browser: Browser, market: Demo, operator: Operator) -> Iterator[NewBuyer]:
    """Brings people who sign up; at the end no page of theirs may have complained."""
    buyers: list[Buyer] = []

    def bring(code: str, *, locale: str = "de") -> Buyer:
        buyer = Buyer(browser, market, at=f"10.1.{next(_addresses)}.1", code=code, locale=locale)
        buyers.append(buyer)
        return buyer

    yield bring
    complaints = [one for buyer in buyers for one in buyer.witness.complaints()]
    for buyer in buyers:
        buyer.context.close()
    assert complaints == []
