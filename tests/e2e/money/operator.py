"""The super admin of a demo: puts plans on sale, moves time, reads mails."""

from typing import Any

from playwright.sync_api import Browser

from devtools.services.demo import Demo
from tests.e2e.visitor import Visitor

PLATFORM = "market"
ADMIN = "/api/v1/admin"


class Operator(Visitor):
    """Works mostly by the API; its pages have tests of their own."""

    def __init__(self, browser: Browser, demo: Demo, *, at: str) -> None:
        super().__init__(browser, demo, at=at)
        self._token = ""

    def sell_everything(self) -> None:
        """Give every public tier and add-on of the platform its prices at Stripe."""
        platforms = self._get(f"{ADMIN}/platforms")["items"]
        platform_id = next(one["id"] for one in platforms if one["code"] == PLATFORM)
        for tier in self._get(f"{ADMIN}/subscriptions/tiers?platform_id={platform_id}")["items"]:
            path = f"{ADMIN}/subscriptions/tiers/{tier['code']}/stripe-sync"
            self._post(f"{path}?platform_id={platform_id}")
        for addon in self._get(f"{ADMIN}/addons?platform_id={platform_id}")["items"]:
            self._post(f"{ADMIN}/addons/{addon['id']}/stripe-sync")

    def move_time(self, **wish: Any) -> None:
        """Move business time, and wait until everything on the way has happened."""
        self._post("/api/v1/demo/clock", wish)
        while (state := self._get("/api/v1/demo/clock"))["moving"]:
            self.page.wait_for_timeout(100)
        assert state["error"] is None, state

    def mail_to_owner(self, email: str, subject: str) -> str:
        """The text of a mail that was kept."""
        self.page.goto("/admin/mails")
        return self.mail_to(email, subject)

    def _get(self, path: str) -> Any:
        answer = self.context.request.get(path)
        assert answer.ok, answer.text()
        return answer.json()

    def _post(self, path: str, body: Any = None) -> Any:
        token = self._get("/api/v1/auth/me")["csrf_token"]
        answer = self.context.request.post(path, data=body, headers={"X-CSRF-Token": token})
        assert answer.ok, answer.text()
        return answer.json()
