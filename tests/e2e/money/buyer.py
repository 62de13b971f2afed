"""Somebody who signs up and pays, in front of the billing page in German or Luxembourgish."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from devtools.services.demo import Demo
from tests.e2e.visitor import Visitor

PASSWORD = "ein gutes Passwort"
VISA, FAILS_LATER = "4242424242424242", "4000000000000341"
# A step asks Stripe several times, and the machine of a test run has more to do.
expect.set_options(timeout=20_000)

# Writes down every plan that the page has shown, in the order of their appearance.
WATCH_PLANS = """
new MutationObserver(() => {
  const name = document.querySelector("[x-data=currentPlan] .text-title")?.textContent;
  const seen = JSON.parse(sessionStorage.getItem("plans") ?? "[]");
  if (!name || seen.at(-1) === name) return;
  sessionStorage.setItem("plans", JSON.stringify([...seen, name]));
}).observe(document, { childList: true, subtree: true, characterData: true });
"""


class Buyer(Visitor):
    """An owner to be, with a store of the code `code`."""

    def __init__(self, browser: Browser, demo: Demo, *, at: str, code: str, locale: str) -> None:
        super().__init__(browser, demo, at=at)
        self.code, self.locale = code, locale
        self.email = f"{code}@example.test"
        self.store = f"/store/{code}"
        self.billing = f"{self.store}/billing"
        self.context.add_init_script(WATCH_PLANS)

    def sign_up(self) -> None:
        """Open an account by the page; the trial begins."""
        page = self.open(f"/signup?lang={self.locale}")
        page.get_by_label("Unternehmen").fill(f"Haus {self.code}")
        page.get_by_label("Name des Shops").fill(f"Laden {self.code}")
        page.get_by_label("Kürzel des Shops").fill(self.code)
        page.get_by_label("E-Mail-Adresse").fill(self.email)
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Konto anlegen").click()
        page.wait_for_url("**/merchant")

    def look(self) -> Page:
        """Open the billing page as it is now."""
        return self.open(self.billing)

    @property
    def plan(self) -> Locator:
        """The section of the current plan."""
        return self.page.locator("[x-data=currentPlan]")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    @property
    def newest_invoice(self) -> Locator:
        """The first row of the history."""
        rows = self.page.get_by_role("region", name="Rechnungen").get_by_role("row")
        return rows.nth(1)

    def plans_seen(self) -> list[str]:
        """Names of plans that were shown since the last time this was asked, in order."""
        return list(
            self.page.evaluate(
                "() => { const seen = JSON.parse(sessionStorage.getItem('plans') ?? '[]');"
                " sessionStorage.removeItem('plans'); return seen; }"
            )
        )

    def pay_on_stripes_page(self, *, submit: str, card: str = VISA) -> None:
        """Fill the hosted checkout in; Stripe leads back."""
        self.page.wait_for_url(re.compile(r"/c/pay/"))
        self.expect_stripes_pages()
        self.fill_card(card)
        address = {"Adresse": "12, rue du Fossé", "Postleitzahl": "1536", "Ort": "Luxemburg"}
        for label, text in address.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.page.get_by_role("button", name=submit).click()
        self.page.wait_for_url(f"**{self.billing}**")
        self.settle()

    def fill_card(self, card: str) -> None:
        """Type a card into the form that is shown."""
        self.page.get_by_label("Kartennummer").fill(card)
        self.page.get_by_label("Gültig bis").fill("12/34")
        self.page.get_by_label("Prüfziffer").fill("123")

    def expect_stripes_pages(self) -> None:
        """Say that the browser has left for Stripe, which is another host."""
        here = urlsplit(self.page.url)
        self.witness.expect(f"another host: {here.scheme}://{here.netloc}/")

    def expect_plan(self, name: str, status: str) -> None:
        """The section of the current plan tells of this one."""
        expect(self.plan.locator(".text-title")).to_have_text(name)
        expect(self.plan.locator(".badge")).to_have_text(status)
