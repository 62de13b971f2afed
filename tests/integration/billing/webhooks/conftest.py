"""The application and Stripe on one stage."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI

from tests.integration.billing.webhooks.stage import Stage, a_stage
from tests.integration.browser import Visitor


@pytest.fixture
def stage(
    web_app: FastAPI, visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """A network on which nothing goes wrong."""
    with a_stage(web_app, visitor, monkeypatch) as opened:
        yield opened
