"""Watches a browser for what no page may do: errors, policy reports, strangers, lost requests."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

# Only the page itself sees what its policy forbade.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error(`policy violated: ${violatedDirective} ${blockedURI}`));
"""
# Leaving a page or searching on ends requests whose answer nobody wants any more.
GIVEN_UP = "net::ERR_ABORTED"


class Witness:
    """Collects complaints of all pages of one browser context."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self._seen: list[str] = []
        self._expected: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._seen.append(f"exception: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def expect(self, *fragments: str) -> None:
        """Say what the test brings about: complaints with these words, each at least once."""
        self._expected.extend(fragments)

    def complaints(self) -> list[str]:
        """All that was not expected, and what was expected in vain."""
        strange = [text for text in self._seen if not any(one in text for one in self._expected)]
        absent = [one for one in self._expected if not any(one in text for text in self._seen)]
        return strange + [f"expected in vain: {one}" for one in absent]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        if not re.match(rf"{re.escape(self._address)}/|data:|blob:", request.url):
            self._seen.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        reason = request.failure or ""
        if reason != GIVEN_UP:
            self._seen.append(f"request failed: {reason} {request.url}")
