"""`tierline create-admin` and `create-token`."""

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.kit.db import Database
from app.modules.tenancy.exceptions import PlatformNotFound, ScopeNotAllowed, UserNotFound
from app.modules.tenancy.models import ApiToken, User
from tests.factories.tenancy import a_platform, a_shop
from tests.integration.browser import Visitor
from tests.integration.tenancy.people.reading import count, the_user

ME = "/api/v1/auth/me"


@pytest.fixture
def run(system: System, database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command on the test's database; returns what it prints, raises what it raises."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def invoke(*arguments: str, given: str = "") -> str:
        result = CliRunner().invoke(commands, arguments, input=given, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return invoke


def test_it_creates_a_super_admin_with_a_password(client: Visitor, run: Callable[..., str]) -> None:
    printed = run("create-admin", "Root@Example.test", "--password-stdin", given="a good one\n")
    assert printed == "Created root@example.test (super_admin).\n"
    client.sign_in("root@example.test", "a good one")


def test_it_prints_a_link_where_no_password_is_given(
    client: Visitor, run: Callable[..., str], system: System
) -> None:
    result = json.loads(run("create-admin", "root@example.test", "--json"))
    prefix = f"{system.settings.base_url}/reset-password/"
    assert result["link"].startswith(prefix)
    body = {"token": result["link"].removeprefix(prefix), "password": "a good one"}
    assert client.post("/api/v1/auth/password/reset", body).status_code == 204
    client.sign_in("root@example.test", "a good one")


def test_it_creates_an_admin_of_the_platforms_named(
    client: Visitor, run: Callable[..., str]
) -> None:
    a_platform("market")
    a_platform("gastro")
    run(
        "create-admin",
        "p@example.test",
        "--platform",
        "market",
        "--password-stdin",
        given="12345678",
    )
    assert the_user("p@example.test").user_type == "platform_admin"
    client.sign_in("p@example.test", "12345678")
    listed = client.get("/api/v1/admin/platforms").json()["items"]
    assert [platform["code"] for platform in listed] == ["market"]


def test_it_writes_nothing_for_an_unknown_platform(run: Callable[..., str]) -> None:
    with pytest.raises(PlatformNotFound):
        run("create-admin", "p@example.test", "--platform", "nope")
    assert count(User) == 0


def test_it_makes_a_token_for_a_person(client: Visitor, run: Callable[..., str]) -> None:
    shop = a_shop()
    made = json.loads(run("create-token", "--user", shop.owner_email, "--scope", "read", "--json"))
    assert made["scopes"] == ["read"]
    me = client.as_program(made["token"]).get(ME).json()
    assert me["user"]["email"] == shop.owner_email


def test_it_makes_a_token_for_a_platform(run: Callable[..., str]) -> None:
    a_platform("market")
    printed = run("create-token", "--platform", "market", "--scope", "read")
    assert printed.startswith("tl_")
    assert count(ApiToken) == 1


def test_it_gives_no_token_more_than_its_person_may(run: Callable[..., str]) -> None:
    shop = a_shop()
    with pytest.raises(ScopeNotAllowed):
        run("create-token", "--user", shop.owner_email, "--scope", "admin:write")
    with pytest.raises(UserNotFound):
        run("create-token", "--user", "no@example.test", "--scope", "read")
    assert count(ApiToken) == 0
