"""Every page of the product, and who may open it (read from the table of access, D2)."""

from dataclasses import dataclass

from tests.integration.access.table import ROWS, Row

# Whom the demo knows by the names of the table; the first to be let in sees the most of a page.
PEOPLE = {
    "nobody": None,
    "super": "admin@demo.test",
    "owner": "owner@demo.test",
    "admin": "platform@demo.test",
    "manager": "manager@demo.test",
    "staff": "staff@demo.test",
}
NAMES = {
    "store_code": "weber",
    "merchant_id": "1",
    "platform_id": "1",
    "store_id": "1",
    "token": "made-up",
}
# The page of all pieces shows failures on purpose; tests/e2e/design looks at it.
NO_PAGES = ("/api/", "/static/", "/media/", "/healthz", "/readyz", "/design")
SIGNED_IN = ("/account", "/admin", "/merchant", "/store")
# A link from a mail says what it leads to, so this page is looked at on the way (test_people.py).
BY_MAIL = ("/invite/{token}",)


@dataclass(frozen=True)
class Visited:
    """A page as somebody sees it; `email` is None for strangers, `refusal` a status it shows."""

    path: str
    email: str | None
    refusal: int | None = None

    def __str__(self) -> str:
        return f"{self.path} as {(self.email or 'nobody').partition('@')[0]}"


REFUSED = [
    Visited("/nowhere", None, 404),
    Visited("/nowhere", "owner@demo.test", 404),
    Visited("/store/schmit", "owner@demo.test", 404),
    Visited("/admin", "staff@demo.test", 403),
]


def all_visits() -> dict[Visited, bool]:
    """Every page as everybody who may open it, and whether it is the page's first visit."""
    visits: dict[Visited, bool] = dict.fromkeys(REFUSED, False)
    paths: set[str] = set()
    for row in ROWS:
        for visit in _visits(row):
            visits.setdefault(visit, visit.path not in paths)
            paths.add(visit.path)
    return visits


def _visits(row: Row) -> list[Visited]:
    path = row.path.removesuffix("?merchant_id={merchant_id}")  # owners need not name theirs
    if row.method != "GET" or path == "/" or path in BY_MAIL or path.startswith(NO_PAGES):
        return []
    is_open = not path.startswith(SIGNED_IN)
    people = [email for who, email in PEOPLE.items() if row.expected[who] == "ok"]
    refusal = 400 if path == "/verify-email/{token}" else None
    return [
        Visited(path.format(**NAMES), email, refusal)
        for email in people
        if is_open == (email is None)  # who is signed in has no business before sign-in
        and not (email == "admin@demo.test" and path.startswith(("/store", "/merchant")))
    ]
