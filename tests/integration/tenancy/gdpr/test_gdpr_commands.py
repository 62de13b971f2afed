"""`tierline gdpr export` and `erase`: what is known of a person, and what is left (D28)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import JSON, Select, String, select
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.kit.db import Database, unit_of_work
from app.kit.mail import KeptMail
from app.kit.models import Base
from app.modules.billing.exceptions import OwnerSubscribes
from app.modules.billing.models import StripeWebhookEvent, SubscriptionStatus
from app.modules.core.public import AuditEntry
from app.modules.orders.models import Order
from app.modules.tenancy.exceptions import LastSuperAdmin, PersonUnknown
from app.modules.tenancy.models import StoreUser, User
from tests.factories.tenancy import a_member, a_shop, a_super_admin
from tests.integration.tenancy.gdpr.scene import (
    EMAIL,
    NAME,
    OTHER_EMAIL,
    OTHER_NAME,
    a_known_owner,
)

KNOWING = {
    "api_tokens",
    "audit_entries",
    "billing_history",
    "idempotency_records",
    "job_runs",
    "kept_mails",
    "media_files",
    "merchant_feature_overrides",
    "merchants",
    "operator_alerts",
    "orders",
    "outbox_messages",
    "products",
    "stores",
    "stripe_reconciliations",
    "stripe_syncs",
    "stripe_webhook_events",
    "user_sessions",
    "users",
    "webhook_deliveries",
    "webhook_endpoints",
}
Run = Callable[..., Result]
Row = TypeVar("Row", bound=Base)


@pytest.fixture
def run(system: System, database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `tierline gdpr …` on the test's database; raises what it raises."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["gdpr", *arguments], catch_exceptions=False)

    return invoke


def where_it_stands(*words: str) -> set[str]:
    """Scan every text and JSON column of every table; returns the tables that have a word."""
    found = set()
    with unit_of_work(read_only=True) as work:
        for table in Base.metadata.sorted_tables:
            columns = [one for one in table.columns if isinstance(one.type, String | JSON)]
            for row in work.session.execute(select(*columns)) if columns else ():
                text = json.dumps(list(row), ensure_ascii=False).replace("\\\\u00e9", "é").lower()
                if any(word.lower() in text for word in words):
                    found.add(table.name)
    return found


def only(query: Select[Row]) -> Row:
    """Return the one row of a query."""
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(query).one()


def test_it_leaves_address_and_name_in_bills_alone(run: Run) -> None:
    a_known_owner()
    assert where_it_stands(EMAIL, "zoe.weber%40example.test", NAME) == KNOWING
    with capture_logs() as logs:
        result = run("erase", EMAIL, "--yes")
    assert result.exit_code == 0, result.output
    # The neighbours, whose address and name hold the person's, are the proof that words are whole.
    hide_neighbours()
    assert where_it_stands(EMAIL, "zoe.weber%40example.test", NAME) == {"billing_history"}
    said = (result.output + str(logs)).lower()
    assert EMAIL not in said
    assert NAME.lower() not in said


def hide_neighbours() -> None:
    """Make sure that rows of other people stand, then take them out of the scan's way."""
    with unit_of_work() as work:
        mail = work.session.query(KeptMail).one()
        order = work.session.query(Order).filter_by(number=2).one()
        event = work.session.query(StripeWebhookEvent).filter_by(event_id="evt_3").one()
        assert (mail.to, mail.subject) == (OTHER_EMAIL, f"Welcome, {OTHER_NAME}")
        assert (order.customer_name, order.customer_email) == (OTHER_NAME, OTHER_EMAIL)
        assert event.payload == {"customer_email": OTHER_EMAIL}
        for row in (mail, order, event):
            work.session.delete(row)
        outbox = Base.metadata.tables["outbox_messages"]
        left = work.session.execute(select(outbox.c.payload, outbox.c.dedupe_key)).one()
        assert left.payload == {"to": OTHER_EMAIL, "template": "x", "context": {"by": "erased"}}
        assert left.dedupe_key == f"invited:{OTHER_EMAIL}:erased@erased.invalid"
        work.session.execute(outbox.delete())


def test_it_notes_that_somebody_was_erased_and_not_who(run: Run) -> None:
    shop = a_known_owner()
    rows = json.loads(run("erase", EMAIL, "--yes", "--json").stdout)["rows"]
    entry = only(select(AuditEntry).where(AuditEntry.action == "person.erased"))
    assert (entry.actor, entry.target_type, entry.target_id) == ("command", "user", shop.owner_id)
    assert entry.after == {"rows": rows}
    assert rows["user_sessions"] == rows["api_tokens"] == rows["users"] == 1


def test_it_empties_the_account_and_nobody_signs_in_with_it(run: Run) -> None:
    shop = a_known_owner()
    run("erase", EMAIL.upper(), "--yes")
    user = only(select(User).where(User.id == shop.owner_id))
    assert user.email == f"erased-{shop.owner_id}@erased.invalid"
    assert (user.display_name, user.password_hash, user.is_active) == ("", None, False)


def test_it_ends_memberships(run: Run) -> None:
    member = a_member(a_shop())
    run("erase", member, "--yes")
    assert only(select(StoreUser)).status == "removed"


def test_it_forgets_customers_who_have_no_account(run: Run) -> None:
    a_known_owner()
    run("erase", OTHER_EMAIL, "--yes")
    order = only(select(Order).where(Order.number == 2))
    assert (order.customer_name, order.customer_email) == ("", "")
    assert OTHER_EMAIL not in str(order.lines)
    assert where_it_stands(OTHER_EMAIL, OTHER_NAME) == set()


def test_it_refuses_to_erase_whose_merchant_subscribes(run: Run) -> None:
    a_known_owner(SubscriptionStatus.PAST_DUE)
    before = where_it_stands(EMAIL)
    with pytest.raises(OwnerSubscribes):
        run("erase", EMAIL, "--yes")
    assert where_it_stands(EMAIL) == before


def test_it_refuses_to_erase_the_last_super_admin(run: Run) -> None:
    root = a_super_admin()
    with pytest.raises(LastSuperAdmin):
        run("erase", root, "--yes")
    a_super_admin("second@example.test")
    assert run("erase", root, "--yes").exit_code == 0


def test_it_asks_nobody_who_has_no_terminal(run: Run) -> None:
    a_known_owner()
    before = where_it_stands(EMAIL)
    result = run("erase", EMAIL)
    assert result.exit_code == 2
    assert result.stderr == "Erasing cannot be undone. Confirm it with --yes.\n"
    assert where_it_stands(EMAIL) == before


def test_it_says_where_nothing_is_known(run: Run) -> None:
    for command in (("export", "nobody@example.test"), ("erase", "nobody@example.test", "--yes")):
        with pytest.raises(PersonUnknown):
            run(*command)


def test_it_exports_what_every_module_knows_without_secrets(run: Run, tmp_path: Path) -> None:
    shop = a_known_owner()
    known = json.loads(run("export", EMAIL).stdout)
    assert known["users"][0]["display_name"] == NAME
    assert "password_hash" not in known["users"][0]
    assert known["billing_history"][0]["buyer_name"] == NAME
    assert [mail["subject"] for mail in known["kept_mails"]] == ["Welcome", f"{NAME} has joined"]
    assert [order["number"] for order in known["orders"]] == [1]
    assert known["audit_entries"][0]["actor"] == f"user:{shop.owner_id}"
    assert OTHER_NAME not in json.dumps(known, ensure_ascii=False)
    file = tmp_path / "zoe.json"
    printed = json.loads(run("export", EMAIL, str(file), "--json").stdout)
    assert printed["rows"] == sum(map(len, known.values()))
    assert json.loads(file.read_text(encoding="utf-8")) == known
    assert file.stat().st_mode & 0o077 == 0
