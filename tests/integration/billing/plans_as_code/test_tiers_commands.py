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
    assert "essential: merchants over their limits: 1 (max_products)" in told
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
    path.write_text("platform: wine\n\ttiers: {}\n")
    tab = "found character '\\t' that cannot start any token"
    assert f"line 2: this is no YAML: {tab}" in run("diff", str(path)).stderr
    missing = run("diff", str(tmp_path / "nothing.yaml"))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("max_stores: 1", "max_stores: 010", "max_stores must be a whole number from 0, or un"),
        ("max_stores: 1", "max_stores: 1:30", "max_stores must be a whole number from 0, or un"),
        ("max_stores: 1", "max_stores: 2026-13-45", "max_stores must be a whole number from 0,"),
        ("max_stores: 1", "max_stores: 1" + 25 * "0", "max_stores: The number must lie between"),
        ("max_stores: 1", "max_stores: {limit: 3}", "max_stores: enabled is missing"),
        ("max_stores: 1", "max_stores: !!int one", "tags as tag:yaml.org,2002:int are not known"),
        ("max_stores: 1", "<<: {max_stores: 1}", "'<<' is no feature"),
        ("  essential:", "  No Code:", "No Code: 2 to 40 characters: lower-case letters"),
        ("rank: 1", "rank: 5000", "rank: The number must lie between 0 and 1000."),
        ("de: Essential", "de: " + 81 * "n", "name: This text may have at most 80 characters."),
        ("de: Essential", 'de: "\\0"', "name must be text"),
    ],
)
def test_a_value_that_could_not_be_kept_is_told_with_its_line(
    old: str, new: str, told: str, file: Path, run: Run
) -> None:
    line = file.read_text().partition(old)[0].count("\n") + 1
    edit(file, old, new)
    refused = run("diff", str(file))
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{file}, line {line}: {told}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: the file is empty"),
        ("platform: wine\n", "line 1: tiers is missing"),
        ("tiers: {}\n", "line 1: platform is missing"),
        ("platform:\ntiers: {}\n", "line 1: platform must be the code of one"),
        ("- wine\n", "line 1: the file must be a mapping"),
        ("[" * 5000, "line 1: this is nested too deeply"),
        ("platform: wine\ntiers:\n  starter:\n", "line 3: starter must be a mapping"),
        ("platform: *wine\n", "line 1: this is no YAML: found undefined alias 'wine'"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_one_sentence(
    text: str, told: str, shop: AShop, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    result = run("apply", str(path))
    assert (result.exit_code, result.stderr) == (2, f"{path}, {told}\n")


def test_words_that_old_yaml_takes_for_something_else_stay_words(file: Path, run: Run) -> None:
    edit(file, "  essential:\n", "  no:\n    rank: 0\n    name: {en: on}\n"
         "    price_monthly_cents: 100\n  essential:\n")  # fmt: skip
    told = run("diff", str(file)).stdout.splitlines()
    assert told[:4] == ["no: new", "  rank: 0", "  name.en: on", "  price_monthly_cents: 100"]


def test_it_says_what_differs_in_the_words_of_the_file(file: Path, run: Run) -> None:
    edit(file, "en: Essential", "en: Basis")
    edit(file, "active: true", "active: false")
    edit(file, "basic_analytics: true", "basic_analytics: {limit: null, enabled: false}")
    edit(file, "price_annual_cents: 49000", "price_annual_cents: null")
    assert run("diff", str(file)).stdout == (
        "essential: changed\n  name.en: Essential → Basis\n  price_annual_cents: 49000 → null\n"
        "  active: true → false\n  basic_analytics: on → off\n"
    )


def test_lines_and_blanks_of_a_text_make_no_difference_but_those_of_french_stay(
    file: Path, run: Run
) -> None:
    assert "Pour débuter\N{NARROW NO-BREAK SPACE}: une" in file.read_text()
    edit(file, "name:\n      de: Essential\n", "name:\n      de: >\n        Essential\n")
    assert run("diff", str(file)).stdout == "Nothing differs.\n"


def test_a_dry_run_meets_what_applying_would_and_names_the_tier(file: Path, run: Run) -> None:
    text = file.read_text()
    begin, end = text.index("  essential:"), text.index("  professional:")
    file.write_text(text[:begin] + text[end:].replace("rank: 2", "rank: 7", 1))
    with pytest.raises(TierInUse) as refused:
        run("apply", str(file), "--dry-run")
    assert refused.value.__notes__ == ["essential"]
    file.write_text(text.replace("rank: 2", "rank: 7", 1))
    assert run("apply", str(file), "--dry-run").exit_code == 0
    assert run("diff", str(file)).stdout == "professional: changed\n  rank: 2 → 7\n"


def test_it_reads_from_a_pipe(file: Path, run: Run) -> None:
    piped = CliRunner().invoke(commands, ["tiers", "diff", "-"], input=file.read_text())
    assert (piped.exit_code, piped.stdout) == (0, "Nothing differs.\n")
