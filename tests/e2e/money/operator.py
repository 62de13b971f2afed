"""The super admin of a market: moves time and reads mails."""

from typing import Any

from tests.e2e.visitor import Visitor
from tests.integration.browser import PASSWORD

CLOCK = "/api/v1/demo/clock"


class Operator(Visitor):
    """Works by the API where the pages have tests of their own."""

    def enter(self) -> None:
        """Sign in."""
        self.sign_in("root@example.test", PASSWORD)

    def move_time(self, **wish: Any) -> None:
        """Move business time, and wait until everything on the way has happened."""
        token = self._get("/api/v1/auth/me")["csrf_token"]
        answer = self.context.request.post(CLOCK, data=wish, headers={"X-CSRF-Token": token})
        assert answer.ok, answer.text()
        while (state := self._get(CLOCK))["moving"]:
            self.page.wait_for_timeout(100)
        assert state["error"] is None, state

    def _get(self, path: str) -> Any:
        answer = self.context.request.get(path)
        assert answer.ok, answer.text()
        return answer.json()
