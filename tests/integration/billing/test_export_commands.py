"""`tierline export`: lists as files."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.kit.csv_text import BOM
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import BillingHistory
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop


def a_bill(shop: AShop, number: str, *, status: str = "paid", name: str = "Wine & Co") -> None:
    with unit_of_work() as work:
        work.session.add(
            BillingHistory(
                merchant_id=shop.merchant_id,
                platform_id=shop.platform_id,
                invoice_number=number,
                invoice_date=datetime(2026, 3, 1, tzinfo=UTC),
                subtotal_cents=4900,
                tax_cents=833,
                total_cents=5733,
                amount_paid_cents=5733,
                currency="EUR",
                status=status,
                buyer_name=name,
                created_at=datetime(2026, 3, 1, tzinfo=UTC),
            )
        )


@pytest.fixture
def shops(database: Database, system: System, monkeypatch: pytest.MonkeyPatch) -> list[AShop]:
    """Two merchants on platforms of their own; commands run on the test's database."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)
    shops = [a_shop(a_platform(code)) for code in ("wine", "beer")]
    for shop in shops:
        shipped_tiers(shop.platform_id)
        a_subscription(shop.owner)
    return shops


def run(*arguments: str) -> str:
    result = CliRunner().invoke(commands, ["export", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def read(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8")
    assert text.startswith(BOM)
    return list(csv.DictReader(text.removeprefix(BOM).splitlines()))


def test_it_writes_bills_with_decimal_amounts_and_no_drafts(
    shops: list[AShop], tmp_path: Path
) -> None:
    a_bill(shops[0], "A-1")
    a_bill(shops[0], "A-2", status="draft")
    a_bill(shops[1], "B-1", name="=1+1")
    file = tmp_path / "bills.csv"
    assert json.loads(run("invoices", str(file), "--json")) == {"file": str(file), "rows": 2}
    first, second = read(file)
    assert (first["invoice_number"], first["platform"], first["total"]) == ("A-1", "wine", "57.33")
    assert (second["buyer_name"], second["tax"]) == ("'=1+1", "8.33")
    assert run("invoices", str(file), "--platform", "beer") == f"Wrote 1 rows to {file}.\n"
    assert [one["invoice_number"] for one in read(file)] == ["B-1"]


def test_it_writes_subscriptions_of_a_platform(shops: list[AShop], tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.csv"
    run("subscriptions", str(file))
    assert [one["platform"] for one in read(file)] == ["wine", "beer"]
    run("subscriptions", str(file), "--platform", "wine")
    [one] = read(file)
    assert (one["tier"], one["status"], one["mrr"]) == ("essential", "active", "49.00")
