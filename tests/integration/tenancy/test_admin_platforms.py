"""Platforms over the admin API."""

from collections.abc import Callable, Iterator

import pytest

from app.contracts.hooks import platform_created_hooks
from app.kit.db import UnitOfWork
from tests.factories.tenancy import a_platform, a_platform_admin, a_shop, a_super_admin
from tests.integration.browser import Visitor
from tests.integration.tenancy.trail import actions, trail

PLATFORMS = "/api/v1/admin/platforms"
DRAFT = {"code": "oms", "name": "Order desk", "timezone": "Europe/Paris", "currency": "eur"}


class Listener:
    """A platform hook that remembers, and fails where told."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, str]] = []
        self.fails = False

    def platform_created(self, work: UnitOfWork, platform_id: int, currency: str) -> None:
        """Remember or fail."""
        if self.fails:
            raise RuntimeError("the tiers cannot be made")
        self.seen.append((platform_id, currency))


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listens to new platforms in place of the real listeners."""
    before, listener = platform_created_hooks(), Listener()
    platform_created_hooks.connect([listener])
    yield listener
    platform_created_hooks.connect(before)


def test_it_creates_a_platform_and_tells_the_hooks(client: Visitor, listener: Listener) -> None:
    client.sign_in(a_super_admin())
    answer = client.post(PLATFORMS, DRAFT)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["code"], made["name"], made["timezone"]) == ("oms", "Order desk", "Europe/Paris")
    assert (made["currency"], made["stores"], made["is_active"]) == ("EUR", 0, True)
    assert answer.headers["ETag"] == '"v1"'
    assert listener.seen == [(made["id"], "EUR")]
    entry = trail()[-1]
    assert (entry.action, entry.target_type, entry.target_id) == (
        "platform.created",
        "platform",
        made["id"],
    )
    assert entry.actor.startswith("user:")
    assert entry.request_id == answer.headers["X-Request-ID"]


def test_it_writes_nothing_when_a_hook_fails(client: Visitor, listener: Listener) -> None:
    client.sign_in(a_super_admin())
    listener.fails = True
    assert client.post(PLATFORMS, DRAFT).status_code == 500
    assert client.get(PLATFORMS).json()["items"] == []
    assert actions() == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"code": "Not A Slug"}, "/code"),
        ({"code": "a"}, "/code"),
        ({"code": "double--hyphen"}, "/code"),
        ({"name": "   "}, "/name"),
        ({"timezone": "Europe/Atlantis"}, "/timezone"),
        ({"currency": "DEM"}, "/currency"),
        ({"currency": "EU"}, "/currency"),
    ],
)
def test_it_names_the_wrong_value(client: Visitor, change: dict[str, str], pointer: str) -> None:
    client.sign_in(a_super_admin())
    answer = client.post(PLATFORMS, {**DRAFT, **change})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert client.get(PLATFORMS).json()["total"] == 0


def test_it_refuses_a_code_that_is_taken(client: Visitor, listener: Listener) -> None:
    a_platform("oms")
    client.sign_in(a_super_admin())
    answer = client.post(PLATFORMS, DRAFT)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "platform_code_taken")
    assert listener.seen == []


def test_it_changes_only_the_version_that_was_read(client: Visitor) -> None:
    platform_id = a_platform("oms", name="Before")
    client.sign_in(a_super_admin())
    path = f"{PLATFORMS}/{platform_id}"
    tag = client.get(path).headers["ETag"]
    changed = client.patch(path, {"name": "After"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "After")
    assert changed.headers["ETag"] == '"v2"'
    late = client.patch(path, {"name": "Too late"}, headers={"If-Match": tag})
    assert (late.status_code, late.json()["error_code"]) == (412, "edited_meanwhile")
    assert client.get(path).json()["name"] == "After"
    entry = trail()[-1]
    assert (entry.before, entry.after) == ({"name": "Before"}, {"name": "After"})
    assert len(trail()) == 1


def test_it_keeps_code_and_currency_for_good(client: Visitor) -> None:
    platform_id = a_platform("oms")
    client.sign_in(a_super_admin())
    for field in ("code", "currency"):
        answer = client.patch(f"{PLATFORMS}/{platform_id}", {field: "other"})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_it_shows_a_platform_admin_the_assigned_platforms_alone(
    visitor: Callable[[], Visitor],
) -> None:
    own, foreign = a_shop().platform_id, a_platform()
    admin = visitor().sign_in(a_platform_admin(own))
    assert [(one["id"], one["stores"]) for one in admin.get(PLATFORMS).json()["items"]] == [
        (own, 1)
    ]
    assert admin.get(f"{PLATFORMS}/{own}").status_code == 200
    assert admin.get(f"{PLATFORMS}/{foreign}").json()["error_code"] == "platform_not_found"


def test_it_lets_only_super_admins_write(client: Visitor) -> None:
    own = a_platform()
    client.sign_in(a_platform_admin(own))
    assert client.post(PLATFORMS, DRAFT).status_code == 403
    assert client.patch(f"{PLATFORMS}/{own}", {"name": "Mine"}).status_code == 403
    assert client.get(f"{PLATFORMS}/{own}").json()["name"] == "Platform"
    assert actions() == []


def test_it_filters_searches_and_sorts(client: Visitor) -> None:
    for code, name in (("aa-one", "Zebra"), ("bb-two", "Alpha"), ("cc-three", "alpine")):
        a_platform(code, name=name)
    client.sign_in(a_super_admin())

    def codes(query: str) -> list[str]:
        return [one["code"] for one in client.get(f"{PLATFORMS}?{query}").json()["items"]]

    assert codes("search=alp&sort=code") == ["bb-two", "cc-three"]
    assert codes("sort=-code") == ["cc-three", "bb-two", "aa-one"]
    assert codes("active=false") == []
    assert client.get(f"{PLATFORMS}?sort=secret").json()["error_code"] == "invalid_sort"


def test_it_takes_a_percent_sign_for_what_it_is(client: Visitor) -> None:
    a_platform("plain", name="Plain")
    client.sign_in(a_super_admin())
    assert client.get(f"{PLATFORMS}?search=%25").json()["items"] == []
