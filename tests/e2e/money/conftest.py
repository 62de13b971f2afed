"""A market of its own, since these journeys move its time."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser

from devtools.paths import ROOT
from devtools.services.demo import Demo
from tests.e2e.money.buyer import Buyer
from tests.e2e.money.operator import Operator

_addresses = count(1)
NewBuyer = Callable[..., Buyer]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The product with nothing on it but tiers and add-ons, and its sandbox."""
    folder = tmp_path_factory.mktemp("market")
    command = [sys.executable, "-m", "tests.e2e.money.serve", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        running = Demo(process)
        try:
            running.wait()
            yield running
        finally:
            running.stop()


@pytest.fixture
def operator(browser: Browser, market: Demo) -> Iterator[Operator]:
    """The super admin."""
    operator = Operator(browser, market, at=f"10.1.{next(_addresses)}.1")
    operator.enter()
    yield operator
    operator.context.close()


@pytest.fixture
def new_buyer(browser: Browser, market: Demo) -> Iterator[NewBuyer]:
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
    assert [line for line in market.warnings if "text_missing" in line] == []
