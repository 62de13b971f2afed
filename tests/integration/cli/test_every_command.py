"""The whole command line: what there is, JSON wherever there is an answer, and exit codes."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from typer.core import TyperGroup

from app import bootstrap
from app.bootstrap import System
from app.cli.console import progress
from app.cli.main import app, commands
from app.kit.db import Database, configure_database, unit_of_work
from app.kit.jobs.models import JobSlot
from app.kit.migrations import upgrade
from app.modules.billing.exceptions import OtherStripeAccount
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop, a_user

# Arguments of each command that answers, and its exit code where there are no keys for Stripe.
ANSWERS: dict[str, tuple[list[str], int]] = {
    "migrate": ([], 0),
    "doctor": ([], 1),
    "create-admin": (["new@example.test"], 0),
    "create-token": (["--platform", "wine", "--scope", "orders:inbound"], 0),
    "capacity snapshot": ([], 0),
    "capacity forecast": ([], 1),
    "export subscriptions": (["list.csv"], 0),
    "export invoices": (["list.csv"], 0),
    "gdpr export": (["{person}", "person.json"], 0),
    "gdpr erase": (["{person}", "--yes"], 0),
    "jobs list": ([], 0),
    "jobs run": (["kit.clean_up"], 0),
    "media verify": ([], 0),
    "stripe setup": ([], 1),
    "stripe reconcile": ([], 1),
    "stripe sync": (["sub_1"], 1),
    "tiers diff": (["plans.yaml"], 0),
    "tiers apply": (["plans.yaml"], 0),
    "usage show": (["{store}"], 0),
    "usage reconcile": ([], 0),
    "webhooks list": ([], 0),
    "webhooks replay": (["evt_1"], 1),
}
PROCESSES = {"serve", "demo", "worker", "beat", "sandbox"}
WRITES_YAML = {"tiers export"}


class Said(NamedTuple):
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


def leaves(group: object, *path: str) -> Iterator[str]:
    """Every command of the tree by its words."""
    if not isinstance(group, TyperGroup):
        yield " ".join(path)
        return
    for name, command in group.commands.items():
        yield from leaves(command, *path, name)


@pytest.fixture(scope="module")
def migrated(system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `tierline migrate` makes it."""
    path = tmp_path_factory.mktemp("cli") / "migrated.sqlite3"
    database = Database(f"sqlite:///{path}")
    upgrade(database, system.migrations)
    database.dispose()
    return path


@pytest.fixture
def shop(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AShop]:
    """A merchant with a plan; files are written to a folder of the test."""
    shutil.copy(migrated, tmp_path / "test.sqlite3")
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    configure_database(database)
    shop = a_shop(a_platform("wine"))
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner)
    monkeypatch.chdir(tmp_path)
    yield shop
    database.dispose()


@pytest.fixture
def run(system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `tierline` as the shell does, on the test's database."""
    monkeypatch.setattr(bootstrap, "start", lambda: system)

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["tierline", *words])
        with pytest.raises(SystemExit) as ended:
            app()
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, *capsys.readouterr())

    return run


def test_it_has_the_commands_of_its_documentation() -> None:
    there_are = set(leaves(typer.main.get_command(commands)))
    assert there_are == {*ANSWERS, *PROCESSES, *WRITES_YAML}


@pytest.mark.parametrize("command", ANSWERS)
def test_it_answers_in_json_and_tells_by_its_code_how_it_went(
    command: str, shop: AShop, run: Run
) -> None:
    assert run("tiers", "export", "wine", "plans.yaml").code == 0
    arguments, code = ANSWERS[command]
    known = {"person": a_user()[1], "store": shop.store_code}
    said = run(*command.split(), *(one.format(**known) for one in arguments), "--json")
    assert said.code == code, said
    if said.out:
        assert isinstance(json.loads(said.out), dict | list)
        assert said.err == ""
    else:
        assert code == 1
        assert said.err.endswith(".\n")


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["jobs", "run"],
        ["capacity", "forecast", "--days", "0"],
        ["usage", "show", "--nonsense"],
    ],
)
def test_it_ends_with_2_where_it_was_called_wrongly(words: list[str], run: Run) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert "Usage:" in said.err


@pytest.mark.parametrize("command", ["jobs list", "usage reconcile", "gdpr erase a@b.test --yes"])
@pytest.mark.parametrize("file", ["empty.sqlite3", "nowhere/there.sqlite3", "text.sqlite3"])
def test_it_says_what_to_do_about_a_database_that_does_not_answer(
    command: str, file: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "text.sqlite3").write_text("no database")
    database = Database(f"sqlite:///{tmp_path / file}")
    configure_database(database)
    said = run(*command.split())
    database.dispose()
    assert (said.code, said.out) == (1, "")
    advice, reason = said.err.splitlines()
    assert "`tierline migrate`" in advice
    assert "Error: " in reason


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("command", ["tiers export wine", "export subscriptions"])
def test_it_says_that_a_file_cannot_be_written(command: str, run: Run) -> None:
    said = run(*command.split(), "nowhere/file")
    assert (said.code, said.err) == (1, "nowhere/file: No such file or directory.\n")


@pytest.mark.usefixtures("shop")
def test_it_cuts_nothing_off_in_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = run("jobs", "list")
    for job in json.loads(run("jobs", "list", "--json").out):
        assert any(job["name"] in line and job["zone"] in line for line in said.out.splitlines())


def test_it_asks_nothing_without_a_terminal(shop: AShop, run: Run) -> None:
    said = run("gdpr", "erase", shop.owner_email)
    assert (said.code, said.out) == (2, "")
    assert "--yes" in said.err


def test_it_completes_what_is_typed_in_a_shell(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    said = run("--show-completion")
    assert said.code == 0
    assert "complete -o default -F" in said.out


def test_it_shows_no_progress_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Counting") as done:
        done(1)
    assert capsys.readouterr() == ("", "")


def checks(said: Said) -> dict[str, str | None]:
    rows: list[dict[str, Any]] = json.loads(said.out)
    return {row["check"]: row["remedy"] for row in rows}


def test_the_doctor_looks_at_all_parts_and_says_what_to_do(shop: AShop, run: Run) -> None:
    found = checks(run("doctor", "--json"))
    assert found["database and migrations"] is None
    assert (found["jobs"], found["webhooks"], found["stripe"]) == (None, None, None)
    assert "STRIPE_SECRET_KEY" in str(found["stripe account"])
    assert "SMTP_URL" in str(found["mail"])


@pytest.mark.usefixtures("shop")
def test_the_doctor_tells_of_a_key_of_another_account(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def account() -> None:
        raise OtherStripeAccount

    monkeypatch.setattr("app.cli.doctor.read_own_account", account)
    assert "another Stripe account" in str(checks(run("doctor", "--json"))["stripe account"])


@pytest.mark.usefixtures("shop")
def test_the_doctor_tells_of_jobs_that_failed(run: Run) -> None:
    slot = datetime(2026, 3, 1, 4, tzinfo=UTC)
    with unit_of_work() as work:
        work.session.add(
            JobSlot(name="kit.clean_up", slot=slot, status="failed", available_at=slot, counts={})
        )
    assert "`tierline jobs run`" in str(checks(run("doctor", "--json"))["jobs"])
    [failed] = [one for one in json.loads(run("jobs", "list", "--json").out) if one["last_at"]]
    assert (failed["name"], failed["status"]) == ("kit.clean_up", "failed")
