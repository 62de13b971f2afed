"""Tokens for programs: nobody gives one more than they may do themselves (D2)."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.modules.core.models import AuditEntry
from app.modules.tenancy.models import ApiToken
from tests.factories.tenancy import (
    a_member,
    a_platform,
    a_platform_admin,
    a_shop,
    a_super_admin,
    a_user,
)
from tests.integration.browser import Visitor
from tests.integration.tenancy.people.reading import count

TOKENS = "/api/v1/auth/tokens"
ME = "/api/v1/auth/me"


def test_it_makes_a_token_whose_secret_is_seen_once(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    answer = client.post(TOKENS, {"name": "Till", "scopes": ["team:write", "read"]})
    assert answer.status_code == 201
    secret = answer.json()["token"]
    assert secret.startswith("tl_")
    assert answer.json()["details"]["scopes"] == ["read", "team:write"]
    (listed,) = client.get(TOKENS).json()["items"]
    assert listed["hint"] == secret[:8]
    assert secret not in client.get(TOKENS).text
    with unit_of_work(read_only=True) as work:
        assert work.session.scalars(select(ApiToken.token_hash)).one() != secret
        assert secret not in str(work.session.scalars(select(AuditEntry.after)).all())
    program = visitor().as_program(secret)
    assert program.get("/api/v1/store/team").status_code == 200


def test_it_never_replays_a_secret(client: Visitor) -> None:
    client.sign_in(a_shop().owner_email)
    key = {"Idempotency-Key": "once"}
    body = {"name": "Till", "scopes": ["read"]}
    secrets = {client.post(TOKENS, body, headers=key).json()["token"] for _ in range(2)}
    assert len(secrets) == 2


def test_it_refuses_what_the_maker_may_not_do(client: Visitor) -> None:
    client.sign_in(a_member(a_shop()))
    answer = client.post(TOKENS, {"name": "Till", "scopes": ["read", "team:write", "admin:read"]})
    assert (answer.status_code, answer.json()["error_code"]) == (403, "scope_not_allowed")
    assert answer.json()["params"] == {"scopes": "team:write, admin:read"}
    assert count(ApiToken) == 0


def test_it_refuses_unknown_and_missing_scopes_and_empty_names(client: Visitor) -> None:
    client.sign_in(a_shop().owner_email)
    unknown = client.post(TOKENS, {"name": "Till", "scopes": ["read", "everything"]})
    missing = client.post(TOKENS, {"name": "Till", "scopes": []})
    nameless = client.post(TOKENS, {"name": " ", "scopes": ["read"]})
    answers = [unknown, missing, nameless]
    pointers = [answer.json()["errors"][0]["pointer"] for answer in answers]
    assert pointers == ["/scopes/1", "/scopes", "/name"]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert count(ApiToken) == 0


def test_it_limits_a_token_to_its_scopes(client: Visitor, visitor: Callable[[], Visitor]) -> None:
    client.sign_in(a_shop().owner_email)
    secret = client.post(TOKENS, {"name": "Reader", "scopes": ["read"]}).json()["token"]
    program = visitor().as_program(secret)
    invited = program.post("/api/v1/store/team", {"email": "x@example.test", "role": "staff"})
    assert (invited.status_code, invited.json()["error_code"]) == (403, "forbidden")


def test_it_keeps_the_account_itself_from_tokens(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    client.sign_in(a_super_admin())
    body = {"name": "Root", "scopes": ["admin:read", "admin:write"]}
    program = visitor().as_program(client.post(TOKENS, body).json()["token"])
    for answer in (
        program.post(TOKENS, body),
        program.get(TOKENS),
        program.patch(ME, {"display_name": "X"}),
        program.delete("/api/v1/auth/sessions"),
    ):
        assert (answer.status_code, answer.json()["error_code"]) == (403, "only_in_browser")
    assert count(ApiToken) == 1


def test_it_ends_a_token_by_revoking_and_by_time(
    client: Visitor, visitor: Callable[[], Visitor], clock: SettableClock
) -> None:
    client.sign_in(a_shop().owner_email)
    body = {"name": "Till", "scopes": ["read"]}
    revoked = client.post(TOKENS, body).json()
    ended = client.post(TOKENS, {**body, "expires_in_days": 1}).json()
    assert client.delete(f"{TOKENS}/{revoked['details']['id']}").status_code == 204
    assert visitor().as_program(revoked["token"]).get(ME).status_code == 401
    assert client.delete(f"{TOKENS}/{revoked['details']['id']}").status_code == 404
    assert visitor().as_program(ended["token"]).get(ME).status_code == 200
    clock.advance(timedelta(days=1))
    assert visitor().as_program(ended["token"]).get(ME).status_code == 401


def test_it_hides_the_tokens_of_other_people(
    client: Visitor, visitor: Callable[[], Visitor]
) -> None:
    owner = visitor().sign_in(a_shop().owner_email)
    made = owner.post(TOKENS, {"name": "Till", "scopes": ["read"]}).json()
    client.sign_in(a_super_admin())
    assert client.get(TOKENS).json()["items"] == []
    answer = client.delete(f"{TOKENS}/{made['details']['id']}")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "token_not_found")
    assert visitor().as_program(made["token"]).get(ME).status_code == 200


def test_it_lets_admins_make_tokens_for_their_platforms_alone(client: Visitor) -> None:
    own, foreign = a_platform(), a_platform()
    client.sign_in(a_platform_admin(own))
    body = {"name": "Shop frontend", "scopes": ["read", "orders:inbound"]}
    made = client.post(TOKENS, {**body, "platform_id": own})
    assert made.status_code == 201
    assert made.json()["details"]["platform_id"] == own
    refused = client.post(TOKENS, {**body, "platform_id": foreign})
    assert (refused.status_code, refused.json()["error_code"]) == (404, "platform_not_found")
    too_much = client.post(TOKENS, {**body, "scopes": ["admin:write"], "platform_id": own})
    assert too_much.json()["error_code"] == "scope_not_allowed"
    assert len(client.get(f"{TOKENS}?platform_id={own}").json()["items"]) == 1
    assert client.get(f"{TOKENS}?platform_id={foreign}").status_code == 404
    assert client.delete(f"{TOKENS}/{made.json()['details']['id']}").status_code == 204
    assert count(ApiToken) == 1


def test_it_refuses_platform_tokens_to_everybody_else(client: Visitor) -> None:
    shop = a_shop()
    client.sign_in(shop.owner_email)
    body = {"name": "X", "scopes": ["read"], "platform_id": shop.platform_id}
    assert client.post(TOKENS, body).status_code == 403
    assert client.get(f"{TOKENS}?platform_id={shop.platform_id}").status_code == 403
    assert count(ApiToken) == 0


def test_it_wants_somebody_signed_in(client: Visitor) -> None:
    a_user()
    assert client.post(TOKENS, {"name": "X", "scopes": ["read"]}).status_code == 401
    assert client.as_program("tl_made-up").get(ME).status_code == 401
    assert count(ApiToken) == 0
