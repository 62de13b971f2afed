"""Invoices rise along their life and never fall back (S12)."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, permutations

from app.modules.billing.services.webhooks.invoice_state import told_by
from app.modules.billing.services.webhooks.merge_invoice import merged
from tests.unit.billing.sync.objects import START, an_invoice

DRAFT = told_by(an_invoice("draft", number=None))
OPEN = told_by(an_invoice())
TRIED = told_by(an_invoice(attempt_count=1))
TRIED_AGAIN = told_by(an_invoice(attempt_count=2))
GIVEN_UP = told_by(an_invoice("uncollectible", attempt_count=2))
VOID = told_by(an_invoice("void", attempt_count=1))
PAID = told_by(an_invoice("paid", attempt_count=2, amount_paid_cents=5733))


def test_never_falls_back() -> None:
    for life in ([DRAFT, OPEN, TRIED, GIVEN_UP, PAID], [DRAFT, OPEN, TRIED, GIVEN_UP, VOID]):
        for earlier, later in combinations(life, 2):
            assert merged(later, earlier).status == merged(earlier, later).status == later.status


def test_ends_the_same_in_every_order() -> None:
    stages = [DRAFT, OPEN, TRIED, TRIED_AGAIN, PAID]
    for order in permutations(stages):
        state = order[0]
        for news in order[1:]:
            state = merged(state, news)
        assert state == PAID


def test_may_still_be_paid_after_it_was_given_up() -> None:
    assert merged(GIVEN_UP, PAID).status == merged(PAID, GIVEN_UP).status == "paid"


def test_keeps_the_highest_number_of_tries_and_of_cents() -> None:
    refunded = replace(PAID, refunded_cents=500, attempt_count=1)
    state = merged(refunded, replace(PAID, refunded_cents=200, attempt_count=3))
    assert (state.refunded_cents, state.attempt_count, state.amount_paid_cents) == (500, 3, 5733)


def test_takes_the_later_of_two_next_tries_until_there_is_none() -> None:
    early, late = (replace(TRIED, next_attempt_at=START + timedelta(days=n)) for n in (3, 5))
    assert merged(early, late) == merged(late, early) == late
    assert merged(late, PAID).next_attempt_at is None


def test_keeps_a_dispute() -> None:
    disputed = replace(PAID, disputed_at=START)
    assert merged(disputed, PAID).disputed_at == merged(PAID, disputed).disputed_at == START
