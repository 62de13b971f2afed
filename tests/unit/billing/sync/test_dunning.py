"""What is owed is told by the open invoices (D11, D20)."""

from datetime import timedelta

from app.modules.billing.services.sync.dunning import Dunning, OpenInvoice, dunning_of
from tests.unit.billing.sync.objects import START

LATER = START + timedelta(days=31)


def test_is_owed_since_the_oldest_and_counts_the_tries_of_the_latest() -> None:
    invoices = [OpenInvoice(LATER, 2), OpenInvoice(START, 4)]
    assert dunning_of(invoices, otherwise_since=LATER) == Dunning(2, START)


def test_leaves_out_what_nobody_has_tried_to_charge() -> None:
    invoices = [OpenInvoice(START, 0), OpenInvoice(LATER, 1)]
    assert dunning_of(invoices, otherwise_since=START) == Dunning(1, LATER)


def test_is_owed_since_the_period_began_while_the_invoice_is_not_known() -> None:
    assert dunning_of([], otherwise_since=START) == Dunning(0, START)
