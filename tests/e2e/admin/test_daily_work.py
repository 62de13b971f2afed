"""What operators do every day: money given back, deliveries tried again, traces followed."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import violations

pytestmark = pytest.mark.browser


def choose(page: Page, entry: str, *, row: int = 1) -> None:
    """Choose an entry of a row's menu."""
    page.get_by_role("row").nth(row).get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=entry).click()


def test_gives_part_of_an_invoice_back(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/merchants/1?lang=en")
    page.get_by_role("link", name="Invoices", exact=True).click()
    visitor.settle()
    choose(page, "Refund")
    dialog = page.get_by_role("dialog", name="Refund")
    amount = dialog.get_by_label("Amount")
    expect(amount).to_have_value("49.00")
    assert violations(page) == []
    visitor.witness.expect("status of 422")
    amount.fill("50")
    dialog.get_by_role("button", name="Refund").click()
    expect(dialog.get_by_text("At most €49.00 can still be refunded.").first).to_be_visible()
    amount.fill("9,50")
    dialog.get_by_label("Reason").fill("Late delivery")
    dialog.get_by_role("button", name="Refund").click()
    expect(page.get_by_text("€9.50 was refunded.")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("€9.50 refunded")


def test_tries_a_failed_delivery_again(visit: Visit) -> None:
    page = visit("admin@demo.test").open("/admin/fulfilment?lang=en")
    bought = page.get_by_role("row").nth(1).get_by_role("cell").first.inner_text()
    choose(page, "Mark as not possible")
    page.get_by_role("dialog").get_by_role("button", name="Mark it").click()
    expect(page.get_by_text("Marked, and the owner is told.")).to_be_visible()
    page.get_by_role("combobox", name="State").select_option("failed")
    expect(page.get_by_role("row").nth(1)).to_contain_text(bought)
    choose(page, "Try again")
    expect(page.get_by_text("It is waiting to be provided again.")).to_be_visible()


def test_follows_the_trace_of_a_merchant_and_lets_it_go(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/merchants/1?lang=en")
    page.get_by_role("link", name="Audit log", exact=True).last.click()
    page.wait_for_url("**merchant_id=1**")
    visitor.settle()
    chosen = page.get_by_role("button", name="Remove this filter")
    expect(chosen).to_contain_text("Bäckerei Weber")
    choose(page, "Only by the same person")
    expect(chosen).to_have_count(2)
    chosen.first.click()
    expect(chosen).to_have_count(1)
    page.wait_for_url(lambda url: "merchant_id" not in url and "actor=" in url)


def test_a_job_that_is_run_now_is_done_in_the_list_too(visit: Visit) -> None:
    page = visit("admin@demo.test").open("/admin/jobs?lang=en")
    row = page.get_by_role("row").filter(has_text="Delete expired technical data")
    row.get_by_role("button").click()
    panel = page.get_by_role("dialog", name="Job")
    panel.get_by_role("button", name="Run now").click()
    expect(panel.get_by_role("listitem").first).to_contain_text("Done")
    expect(row.get_by_text("Done", exact=True)).to_be_attached()
