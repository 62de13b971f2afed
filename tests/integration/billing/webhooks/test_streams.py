"""Random lives over a bad network end in Stripe's state (S15)."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from app.modules.billing.services.reconcile_stripe.run import reconcile_stripe
from sandbox.webhooks.chaos import Chaos
from tests.integration.billing.webhooks.life import Life, a_life
from tests.integration.billing.webhooks.stage import Stage, a_stage, drain, stored_events
from tests.integration.billing.webhooks.truth import at_stripe, here
from tests.integration.browser import Visitor

STEPS = 12
BAD_NETWORK = Chaos(
    seed="streams", duplicate=0.2, shuffle=0.4, delay=0.2, drop=0.1, old_version=0.3
)
LOSSLESS = Chaos(seed="lossless", duplicate=0.2, shuffle=0.5, delay=0.3, old_version=0.3)


def lived(stage: Stage, number: int) -> list[Life]:
    """Let several shops live at once, each step of one of them; then let all news arrive."""
    lives = [a_life(stage, seed) for seed in range(number)]
    for _ in range(STEPS):
        for life in lives:
            life.live(1)
        drain()
    stage.settle()
    return lives


def assert_in_step(lives: list[Life]) -> None:
    """Compare every shop, and see that no event is left over."""
    for seed, life in enumerate(lives):
        assert here(life) == at_stripe(life), f"life:{seed}"
    assert {event.status for event in stored_events()} <= {"processed", "ignored"}


def test_ends_in_stripes_state_after_losses_and_one_reconcile(
    web_app: FastAPI,
    visitor: Callable[[], Visitor],
    monkeypatch: pytest.MonkeyPatch,
    proof_size: Callable[..., int],
) -> None:
    size = proof_size("random streams of webhooks with losses", reduced=10, full=400)
    with a_stage(web_app, visitor, monkeypatch, chaos=BAD_NETWORK) as stage:
        lives = lived(stage, size)
        reconcile_stripe(repair=True, force=True)
        drain()
        assert_in_step(lives)


def test_needs_no_reconcile_where_nothing_is_lost(
    web_app: FastAPI,
    visitor: Callable[[], Visitor],
    monkeypatch: pytest.MonkeyPatch,
    proof_size: Callable[..., int],
) -> None:
    size = proof_size("random streams of webhooks without losses", reduced=5, full=100)
    with a_stage(web_app, visitor, monkeypatch, chaos=LOSSLESS) as stage:
        assert_in_step(lived(stage, size))
