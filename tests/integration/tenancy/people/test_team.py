"""A store's team: inviting, accepting, changing, removing."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.kit.clocks import SettableClock
from app.kit.db import unit_of_work
from app.kit.mail import KeptMail
from app.kit.outbox.models import OutboxRow
from app.modules.core.models import AuditEntry
from app.modules.tenancy.models import MemberRole, StoreUser, User, UserSession, UserType
from tests.factories.tenancy import AShop, a_member, a_shop, a_user
from tests.integration.browser import PASSWORD, Visitor
from tests.integration.tenancy.people.reading import count, the_member, the_user, token_of

TEAM = "/api/v1/store/team"
INVITATIONS = "/api/v1/auth/invitations"
Mails = Callable[[], list[KeptMail]]
Open = Callable[[], Visitor]


@pytest.fixture
def shop(client: Visitor) -> AShop:
    """A shop whose owner is signed in."""
    shop = a_shop()
    client.sign_in(shop.owner_email)
    return shop


def invite(client: Visitor, email: str = "eva@example.test", role: str = "staff") -> int:
    """Invite somebody; returns the membership's id."""
    answer = client.post(TEAM, {"email": email, "role": role})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def accept(visitor: Visitor, token: str, **body: str) -> tuple[int, str | None]:
    """Accept an invitation; returns status and error code."""
    answer = visitor.post(f"{INVITATIONS}/{token}/accept", body)
    return answer.status_code, answer.json().get("error_code")


def test_it_lets_a_new_person_join(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    member_id = invite(client, "Eva@Example.test", "manager")
    (mail,) = read_mails()
    assert (mail.to, mail.locale) == ("eva@example.test", "en")
    token = token_of(mail)
    eva = visitor()
    assert eva.get(f"{INVITATIONS}/{token}").json() == {
        "merchant": "Merchant",
        "store": shop.store_code.title(),
        "role": "manager",
        "email": "eva@example.test",
        "valid": True,
        "is_new": True,
    }
    answer = eva.post(
        f"{INVITATIONS}/{token}/accept", {"display_name": "Eva", "password": "a good password"}
    )
    assert answer.status_code == 200
    assert answer.json()["landing"] == f"/store/{shop.store_code}"
    me = eva.get("/api/v1/auth/me").json()
    assert (me["user"]["display_name"], me["user"]["email_verified"]) == ("Eva", True)
    assert [(store["code"], store["role"]) for store in me["stores"]] == [
        (shop.store_code, "manager")
    ]
    assert the_member(member_id).status == "active"
    visitor().sign_in("eva@example.test", "a good password")


def test_it_takes_an_invitation_once(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    invite(client)
    token = token_of(read_mails()[0])
    assert accept(visitor(), token, password="a good password") == (200, None)
    assert accept(visitor(), token, password="another one") == (404, "invitation_not_found")
    assert visitor().get(f"{INVITATIONS}/{token}").status_code == 404
    assert visitor().get(f"/invite/{token}", headers={"Accept": "text/html"}).status_code == 404
    assert count(UserSession) == 2
    visitor().sign_in("eva@example.test", "a good password")


def test_it_asks_a_known_person_for_the_password(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    _, email = a_user(user_type=UserType.MEMBER, locale="fr")
    invite(client, email)
    (mail,) = read_mails()
    assert mail.locale == "fr"
    token = token_of(mail)
    assert accept(visitor(), token) == (422, "invalid_input")
    assert accept(visitor(), token, password="wrong") == (400, "wrong_password")
    assert accept(visitor(), token, password=PASSWORD) == (200, None)


def test_it_needs_no_password_of_who_is_signed_in(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    _, email = a_user(user_type=UserType.MEMBER)
    invite(client, email)
    token = token_of(read_mails()[0])
    page = visitor().sign_in(email).get(f"/invite/{token}")
    assert 'id="password"' not in page.text
    assert accept(visitor().sign_in(email), token) == (200, None)
    assert count(UserSession) == 3  # the owner's, and two of the member's own signing in


def test_it_does_not_take_somebody_else_for_the_invited(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    member_id = invite(client)
    token = token_of(read_mails()[0])
    other = visitor().sign_in(a_user()[1])
    assert "You are signed in as" in other.get(f"/invite/{token}").text
    assert accept(other, token) == (422, "invalid_input")
    assert the_member(member_id).status == "invited"


def test_it_ends_an_invitation_after_14_days(
    client: Visitor, visitor: Open, clock: SettableClock, read_mails: Mails
) -> None:
    client.sign_in(a_shop().owner_email)
    member_id = invite(client)
    token = token_of(read_mails()[0])
    clock.advance(timedelta(days=14))
    assert visitor().get(f"{INVITATIONS}/{token}").json()["valid"] is False
    assert "This invitation has expired" in visitor().get(f"/invite/{token}").text
    refused = accept(visitor(), token, password="a good password")
    assert refused == (404, "invitation_not_found")
    assert the_member(member_id).status == "invited"
    assert the_user("eva@example.test").password_hash is None


def test_it_sends_an_invitation_again_for_another_14_days(
    client: Visitor, visitor: Open, clock: SettableClock, read_mails: Mails
) -> None:
    owner = a_shop().owner_email
    client.sign_in(owner)
    member_id = invite(client)
    clock.advance(timedelta(days=15))
    client = visitor().sign_in(owner)
    assert client.post(f"{TEAM}/{member_id}/resend").status_code == 200
    first, second = map(token_of, read_mails())
    assert accept(visitor(), first, password="a good password")[0] == 404
    assert accept(visitor(), second, password="a good password")[0] == 200
    again = client.post(f"{TEAM}/{member_id}/resend")
    assert (again.status_code, again.json()["error_code"]) == (409, "not_invited")


def test_it_takes_access_at_once_from_the_removed(
    client: Visitor, visitor: Open, shop: AShop
) -> None:
    manager = visitor().sign_in(a_member(shop, MemberRole.MANAGER))
    assert manager.get(TEAM).status_code == 200
    (member,) = client.get(TEAM).json()["items"]
    assert client.delete(f"{TEAM}/{member['id']}").status_code == 204
    assert manager.get(TEAM, headers={"X-Store-Code": shop.store_code}).status_code == 404
    assert manager.get(f"/store/{shop.store_code}").status_code == 404
    assert manager.get("/api/v1/auth/me").json()["stores"] == []
    assert client.get(TEAM).json()["total"] == 0
    assert client.delete(f"{TEAM}/{member['id']}").status_code == 404


def test_it_withdraws_an_invitation_and_invites_anew(
    client: Visitor, visitor: Open, shop: AShop, read_mails: Mails
) -> None:
    member_id = invite(client)
    assert client.delete(f"{TEAM}/{member_id}").status_code == 204
    assert accept(visitor(), token_of(read_mails()[0]), password="a good password")[0] == 404
    assert invite(client, role="manager") == member_id
    assert accept(visitor(), token_of(read_mails()[1]), password="a good password")[0] == 200
    assert the_member(member_id).role == "manager"


def test_it_changes_a_role_in_its_version(client: Visitor, visitor: Open, shop: AShop) -> None:
    staff = visitor().sign_in(a_member(shop))
    assert staff.get(TEAM).status_code == 403
    (member,) = client.get(TEAM).json()["items"]
    path = f"{TEAM}/{member['id']}"
    tag = client.get(path).headers["ETag"]
    answer = client.patch(path, {"role": "manager"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["role"]) == (200, "manager")
    assert staff.get(TEAM).status_code == 200
    stale = client.patch(path, {"role": "staff"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["error_code"]) == (412, "edited_meanwhile")
    unknown = client.patch(path, {"role": "owner"})
    assert unknown.status_code == 422
    assert the_member(member["id"]).role == "manager"


def test_it_refuses_whom_the_team_has_and_the_owner(client: Visitor, shop: AShop) -> None:
    member = a_member(shop)
    invite(client)
    expected = {
        member: "already_member",
        "eva@example.test": "already_invited",
        shop.owner_email: "owner_cannot_be_member",
    }
    before = count(StoreUser), count(User), count(OutboxRow)
    for email, code in expected.items():
        answer = client.post(TEAM, {"email": email, "role": "staff"})
        assert (answer.status_code, answer.json()["error_code"]) == (409, code)
    wrong = client.post(TEAM, {"email": "nobody", "role": "staff"})
    assert wrong.json()["errors"][0]["pointer"] == "/email"
    assert (count(StoreUser), count(User), count(OutboxRow)) == before


def test_it_lets_owners_alone_change_the_team(client: Visitor, visitor: Open, shop: AShop) -> None:
    member_id = invite(client)
    manager = visitor().sign_in(a_member(shop, MemberRole.MANAGER))
    stranger = visitor().sign_in(a_shop().owner_email)
    header = {"X-Store-Code": shop.store_code}
    rows = count(StoreUser)
    for asker, status in ((manager, 403), (stranger, 404)):
        body = {"email": "x@example.test", "role": "staff"}
        path = f"{TEAM}/{member_id}"
        assert asker.post(TEAM, body, headers=header).status_code == status
        assert asker.patch(path, {"role": "manager"}, headers=header).status_code == status
        assert asker.delete(path, headers=header).status_code == status
        assert asker.post(f"{path}/resend", headers=header).status_code == status
    assert count(StoreUser) == rows
    assert the_member(member_id).role == "staff"
    assert visitor().get(TEAM, headers=header).status_code == 401


def test_it_hides_the_members_of_another_store(client: Visitor, visitor: Open, shop: AShop) -> None:
    foreign = invite(visitor().sign_in(a_shop().owner_email))
    assert client.get(f"{TEAM}/{foreign}").status_code == 404
    assert client.delete(f"{TEAM}/{foreign}").status_code == 404
    assert the_member(foreign).status == "invited"


def test_it_lists_members_by_search_role_and_status(client: Visitor, shop: AShop) -> None:
    a_member(shop, MemberRole.MANAGER)
    invite(client, "eva@example.test")
    invite(client, "evan@example.test", "manager")
    assert client.get(TEAM).json()["owner"]["email"] == shop.owner_email

    def emails(query: str) -> list[str]:
        return [row["email"] for row in client.get(f"{TEAM}?{query}").json()["items"]]

    assert emails("search=EVA") == ["eva@example.test", "evan@example.test"]
    assert emails("search=eva&role=manager") == ["evan@example.test"]
    assert emails("status=invited&sort=-email") == ["evan@example.test", "eva@example.test"]
    assert emails("search=e%25") == []
    assert client.get(f"{TEAM}?status=removed").status_code == 422


def test_it_leaves_a_trail_without_addresses(client: Visitor, shop: AShop) -> None:
    member_id = invite(client)
    client.patch(f"{TEAM}/{member_id}", {"role": "manager"})
    client.delete(f"{TEAM}/{member_id}")
    with unit_of_work(read_only=True) as work:
        entries = work.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        "team.invited",
        "team.role_changed",
        "team.invitation_withdrawn",
    ]
    assert {entry.actor for entry in entries} == {f"user:{shop.owner_id}"}
    assert {entry.merchant_id for entry in entries} == {shop.merchant_id}
    assert "eva@" not in str([(entry.before, entry.after) for entry in entries])


def test_it_gives_one_account_to_somebody_invited_twice_at_once(
    web_app: FastAPI, visitor: Open
) -> None:
    owners = [a_shop().owner_email for _ in range(4)]
    together, statuses = Barrier(4), []

    def ask(owner: str) -> None:
        browser = Visitor(TestClient(web_app, raise_server_exceptions=False)).sign_in(owner)
        together.wait()
        statuses.append(
            browser.post(TEAM, {"email": "eva@example.test", "role": "staff"}).status_code
        )

    threads = [Thread(target=ask, args=(owner,)) for owner in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201, 201, 201, 201]
    assert count(StoreUser) == 4
    assert count(User) == 5
