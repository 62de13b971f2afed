"""The short way to a feature's answer: the same as the ordinary one, and never an outdated one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import update

from app.kit import warm_rows
from app.kit.clocks import Clocks, SettableClock, clocks, configure_clocks, system_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.services.tables import tables
from app.modules.tenancy.models import ApiToken, Store
from app.modules.tenancy.services import service_visits
from app.modules.tenancy.services.service_visits import forget_services
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop
from tests.factories.usage import counter_is
from tests.integration.browser import Visitor
from tests.integration.queries import counted_statements

BASE = "/api/v1/store/billing/features"
TOKENS = "/api/v1/auth/tokens"
PRODUCTS = "max_products"


@pytest.fixture
def clock() -> Iterator[SettableClock]:
    """The system's clock, standing still."""
    before, clock = clocks(), SettableClock(system_now())
    configure_clocks(Clocks(clock))
    yield clock
    configure_clocks(before)


@pytest.fixture
def shop(database: Database) -> Iterator[AShop]:
    """A merchant's store on a tier, with the tables of a web process vouched for."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    counter_is(shop.owner, PRODUCTS, 3)
    tables().vouch(monotonic() + 600)
    yield shop
    forget_services()
    tables().forget_all()
    tables().vouch(0.0)


Program = Callable[..., Visitor]


@pytest.fixture
def program(visitor: Callable[[], Visitor], admin: Visitor, clock: SettableClock) -> Program:
    """Makes a platform's program, which has asked once and is known."""

    def make(platform_id: int, **more: Any) -> Visitor:
        body = {"name": "Shop", "scopes": ["read"], "platform_id": platform_id, **more}
        return visitor().as_program(admin.post(TOKENS, body).json()["token"])

    return make


def ask(program: Visitor, shop: AShop, code: str = PRODUCTS, **headers: str) -> Any:
    return program.get(f"{BASE}/{code}", headers={"X-Store-Code": shop.store_code, **headers})


def warmed(program: Visitor, shop: AShop, code: str = PRODUCTS) -> Any:
    """Ask in the ordinary way, then do what the process does twice a second."""
    answer = ask(program, shop, code)
    ask(program, shop, code)
    refresh()
    return answer


def refresh() -> None:
    service_visits._tokens.refresh()
    service_visits._stores.refresh()


def statements_of(program: Visitor, shop: AShop, code: str = PRODUCTS, **headers: str) -> int:
    with counted_statements() as statements:
        ask(program, shop, code, **headers)
    return len(statements)


def test_it_answers_the_same_both_ways_and_needs_no_statement_when_warm(
    program: Program, shop: AShop
) -> None:
    service = program(shop.platform_id)
    ordinary = warmed(service, shop)
    with counted_statements() as statements:
        short = ask(service, shop, **{"X-Request-ID": "chosen-by-us"})
    assert statements == []
    assert short.content == ordinary.content
    assert short.json()["current"] == 3
    names = set(ordinary.headers) - {"x-request-id"}
    assert {name: short.headers[name] for name in names} == {
        name: ordinary.headers[name] for name in names
    }
    assert short.headers["x-request-id"] == "chosen-by-us"


def test_it_speaks_of_the_readers_language_both_ways(program: Program, shop: AShop) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    assert ask(service, shop, **{"Accept-Language": "fr-LU,fr"}).headers["content-language"] == "fr"


def test_it_tells_of_a_change_of_this_process_at_once(program: Program, shop: AShop) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    an_override(shop.owner, PRODUCTS, 500)
    assert ask(service, shop).json()["limit"] == 500
    counter_is(shop.owner, PRODUCTS, 4)
    assert ask(service, shop).json()["current"] == 4


def test_it_leaves_closed_and_unknown_features_to_the_ordinary_way(
    program: Program, shop: AShop
) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    closed = ask(service, shop, "bulk_import").json()
    assert (closed["allowed"], closed["upgrade_to"]["code"]) == (False, "professional")
    assert ask(service, shop, "no_such").status_code == 404


@pytest.mark.parametrize(
    ("headers", "ordinary"),
    [({"Cookie": "tierline_lang=de"}, (200, True)), ({"Authorization": "Basic x"}, (401, False))],
)
def test_it_leaves_whoever_is_no_plain_program_to_the_ordinary_way(
    program: Program, shop: AShop, headers: dict[str, str], ordinary: tuple[int, bool]
) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    with counted_statements() as statements:
        answer = ask(service, shop, **headers)
    assert (answer.status_code, statements != []) == ordinary


def test_it_refuses_a_token_from_the_moment_it_is_revoked_here(
    program: Program, shop: AShop, admin: Visitor
) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    (made,) = admin.get(f"{TOKENS}?platform_id={shop.platform_id}").json()["items"]
    assert admin.delete(f"{TOKENS}/{made['id']}").status_code == 204
    refresh()
    assert ask(service, shop).status_code == 401


def test_it_refuses_a_token_within_a_second_when_it_is_revoked_elsewhere(
    program: Program, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 1_000.0
    monkeypatch.setattr(warm_rows, "monotonic", lambda: at)
    service = program(shop.platform_id)
    warmed(service, shop)
    with unit_of_work() as work:
        work.session.execute(update(ApiToken).values(revoked_at=system_now()))
    at += 0.999
    assert ask(service, shop).status_code == 200
    at += 0.001
    assert ask(service, shop).status_code == 401


def test_it_does_not_keep_what_it_read_before_something_was_forgotten(
    program: Program, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = program(shop.platform_id)
    warmed(service, shop)
    read = service_visits._stores._read

    def deleted_meanwhile(*given: Any) -> Any:
        found = read(*given)
        forget_services()
        return found

    monkeypatch.setattr(service_visits._stores, "_read", deleted_meanwhile)
    service_visits._stores.refresh()
    assert service_visits._stores.find(shop.store_code) is None


def test_it_refuses_an_ended_token_and_notes_use_every_five_minutes(
    program: Program, shop: AShop, clock: SettableClock
) -> None:
    service = program(shop.platform_id, expires_in_days=1)
    warmed(service, shop)
    assert statements_of(service, shop) == 0
    clock.advance(timedelta(minutes=5, seconds=1))
    assert statements_of(service, shop) > 0  # the ordinary way notes it
    refresh()
    assert statements_of(service, shop) == 0
    clock.advance(timedelta(days=1))
    assert ask(service, shop).status_code == 401


def test_it_hides_stores_of_other_platforms_and_deleted_ones(program: Program, shop: AShop) -> None:
    stranger, service = program(a_platform()), program(shop.platform_id)
    ask(stranger, shop)
    warmed(service, shop)
    assert ask(stranger, shop).status_code == 404
    with unit_of_work() as work:
        work.session.execute(update(Store).values(deleted_at=system_now()))
    refresh()
    assert ask(service, shop).status_code == 404


def test_it_wants_the_scope(program: Program, shop: AShop) -> None:
    service = program(shop.platform_id, scopes=["orders:inbound"])
    warmed(service, shop)
    assert ask(service, shop).status_code == 403


def test_it_reads_nothing_while_nobody_asks(database: Database) -> None:
    forget_services()
    service_visits._tokens._asked.clear()
    service_visits._stores._asked.clear()
    with counted_statements() as statements:
        refresh()
    assert statements == []
