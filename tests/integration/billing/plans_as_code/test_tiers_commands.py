"""`tierline tiers`: plans as a file, there and back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app import bootstrap
from app.bootstrap import System
from app.cli.main import commands
from app.kit.db import Database, unit_of_work
from app.modules.billing.exceptions import PlansWouldTakeAway, TierInUse
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.bulk import add_products
from tests.factories.tenancy import AShop, a_platform, a_shop

Run = Callable[..., Result]


@pytest.fixture
def shop(database: Database) -> AShop:
    """A merchant with three products in the tier Essential of the platform `wine`."""
    shop = a_shop(a_platform("wine"))
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner)
    add_products(shop, "p", 3)
    return shop


@pytest.fixture
def run(system: System, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the test's database; raises what it raises."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["tiers", *arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def file(shop: AShop, run: Run, tmp_path: Path) -> Path:
    """The platform's tiers, written down."""
    path = tmp_path / "tiers.yaml"
    assert run("export", "wine", str(path)).exit_code == 0
    return path


def tier(code: str) -> SubscriptionTier | None:
    with unit_of_work(read_only=True) as work:
        return work.session.query(SubscriptionTier).filter_by(code=code).one_or_none()


def limit_of(code: str, feature: str) -> tuple[int | None, bool]:
    with unit_of_work(read_only=True) as work:
        row = (
            work.session.query(TierFeatureLimit)
            .join(SubscriptionTier, SubscriptionTier.id == TierFeatureLimit.tier_id)
            .filter(SubscriptionTier.code == code, TierFeatureLimit.feature_code == feature)
            .one()
        )
        return row.limit_value, row.enabled


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1))


def test_what_was_written_down_changes_nothing(file: Path, run: Run) -> None:
    assert run("diff", str(file)).stdout == "Nothing differs.\n"
    before = tier("essential")
    assert run("apply", str(file)).exit_code == 0
    after = tier("essential")
    assert before is not None
    assert after is not None
    assert after.version == before.version
    assert run("export", "wine").stdout == file.read_text()


def test_it_reads_as_people_write(file: Path) -> None:
    lines = file.read_text().splitlines()
    assert lines[:3] == ["platform: wine", "tiers:", "  essential:"]
    assert "      max_products: 200" in lines
    assert "      max_products: unlimited" in lines
    assert "      basic_analytics: true" in lines


def test_a_difference_is_told_and_changes_nothing(file: Path, run: Run) -> None:
    edit(file, "price_monthly_cents: 4900", "price_monthly_cents: 5900")
    edit(file, "max_products: 200", "max_products: 300")
    told = run("diff", str(file))
    assert told.exit_code == 1
    assert told.stdout == (
        "essential: changed\n  price_monthly_cents: 4900 → 5900\n  max_products: 200 → 300\n"
    )
    assert run("apply", str(file), "--dry-run").exit_code == 0
    assert limit_of("essential", "max_products") == (200, True)


def test_it_applies_what_differs_at_once(file: Path, run: Run) -> None:
    edit(file, "max_products: 200", "max_products: 300")
    edit(file, "      basic_analytics: true\n", "")
    edit(
        file,
        "  essential:\n",
        "  starter:\n    rank: 0\n    name: {en: Starter}\n"
        "    price_monthly_cents: 1900\n    features: {max_products: 20}\n  essential:\n",
    )
    result = json.loads(run("apply", str(file), "--json").stdout)
    assert [(one["code"], one["change"]) for one in result["tiers"]] == [
        ("starter", "new"),
        ("essential", "changed"),
    ]
    assert limit_of("essential", "max_products") == (300, True)
    assert limit_of("essential", "basic_analytics") == (None, False)
    assert limit_of("starter", "max_products") == (20, True)
    assert run("diff", str(file)).exit_code == 0


def test_a_limit_below_usage_needs_a_clear_word(file: Path, run: Run) -> None:
    edit(file, "max_products: 200", "max_products: 2")
    edit(file, "price_monthly_cents: 4900", "price_monthly_cents: 5900")
    with pytest.raises(PlansWouldTakeAway):
        run("apply", str(file))
    assert limit_of("essential", "max_products") == (200, True)
    told = run("diff", str(file)).stdout
    assert "essential: 1 merchants would be over (max_products)" in told
    assert run("apply", str(file), "--accept-impact").exit_code == 0
    assert limit_of("essential", "max_products") == (2, True)


def test_a_tier_with_subscribers_stays_and_so_does_all_else(file: Path, run: Run) -> None:
    text = file.read_text()
    begin, end = text.index("  essential:"), text.index("  professional:")
    changed = text[:begin] + text[end:].replace("rank: 2", "rank: 7", 1)
    file.write_text(changed)
    with pytest.raises(TierInUse):
        run("apply", str(file))
    professional = tier("professional")
    assert professional is not None
    assert professional.rank == 2


def test_every_mistake_is_told_with_its_line(shop: AShop, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "platform: wine\n"
        "tiers:\n"
        "  essential:\n"
        "    rank: first\n"
        "    name: {de: Basis, xx: Base}\n"
        "    price_monthly_cents: -1\n"
        "    colour: red\n"
        "    features:\n"
        "      max_products: many\n"
        "      max_unicorns: 3\n"
        "      basic_analytics: 7\n"
    )
    result = run("apply", str(path))
    assert result.exit_code == 2
    assert [line.removeprefix(f"{path}, ") for line in result.stderr.splitlines()] == [
        "line 4: rank must be a whole number from 0",
        "line 5: 'xx' is no language; there are: de, en, fr, lb",
        "line 6: price_monthly_cents must be a whole number from 0",
        "line 7: 'colour' is not known here",
        "line 9: max_products must be a whole number from 0, or unlimited",
        "line 10: 'max_unicorns' is no feature",
        "line 11: basic_analytics is true or false",
    ]
    path.write_text("platform: [wine\n")
    assert "this is no YAML" in run("diff", str(path)).stderr
    missing = run("diff", str(tmp_path / "nothing.yaml"))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)
