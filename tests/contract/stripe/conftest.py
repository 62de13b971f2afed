"""The account that each test runs on, once for every one there is."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.stripe.account import (
    KEY_NAME,
    Account,
    accounts,
    sandbox_account,
    stripe_account,
)


@pytest.fixture(params=accounts(os.environ))
def account(request: pytest.FixtureRequest) -> Iterator[Account]:
    """An account with a clock at its beginning."""
    if request.param == "stripe":
        opened = stripe_account(os.environ[KEY_NAME])
    else:
        opened = sandbox_account()
    with opened as ready:
        yield ready
