"""Somebody with a browser of their own, in front of the demo."""

from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from devtools.services.demo import PASSWORD, Demo
from tests.e2e.witness import Witness

Size = ViewportSize
DESK: Size = {"width": 1440, "height": 900}
PHONE: Size = {"width": 360, "height": 740}


class Visitor:
    """A browser context with one page; `at` is the network address that the server sees."""

    def __init__(
        self, browser: Browser, demo: Demo, *, at: str, size: Size = DESK, touch: bool = False
    ) -> None:
        self.address = demo.address
        self.context: BrowserContext = browser.new_context(
            base_url=demo.address,
            viewport=size,
            has_touch=touch,
            is_mobile=touch,
            locale="en-GB",
            timezone_id="Europe/Luxembourg",
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": at},
        )
        self.context.set_default_timeout(15_000)
        self.witness = Witness(self.context, demo.address)
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Page:
        """Go there and wait until all lists and figures have their answer."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until components live and nothing is being fetched."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("[x-cloak]")).to_have_count(0)
        expect(self.page.locator("[aria-busy=true]:visible")).to_have_count(0)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        """Sign in without the page, for tests that are about something else."""
        answer = self.context.request.post(
            "/api/v1/auth/login", data={"email": email, "password": password}
        )
        assert answer.ok, answer.text()
        return self

    def sign_in_by_page(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the form of the page that is shown and send it."""
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def mail_to(self, receiver: str, subject: str) -> str:
        """The text of a kept mail; this visitor is an admin who may read them."""
        self.page.goto(f"/admin/mails?{urlencode({'search': receiver})}")
        entry = self.page.get_by_role("button", name=subject)
        expect(entry).to_be_visible()
        entry.click()
        text = self.page.locator("#mail .whitespace-pre-line")
        expect(text).to_be_visible()
        return text.inner_text()
