"""The command that examines an instance and says what to do about what it finds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import typer

from app import bootstrap
from app.cli.console import AsJson, print_rows
from app.contracts.metrics import health_checks
from app.kit.errors import AppError
from app.kit.i18n import translate
from app.kit.settings import DEVELOPMENT_SECRET
from app.modules.billing.public import PaymentSystemNotConfiguredError, read_own_account
from app.wiring import ROOT

MIN_FREE_BYTES = 500 * 10**6
REMEDIES = {
    "redis": "Start it, or correct REDIS_URL.",
    "webhooks": "See `tierline webhooks list --status dead`, then `tierline webhooks replay`.",
    "stripe": "See `tierline stripe reconcile`, then add --apply.",
    "mails": "See whether the server of SMTP_URL answers.",
    "jobs": "See the errors with `tierline jobs list`, then `tierline jobs run`.",
}


def doctor(as_json: AsJson = False) -> None:
    """Check settings, database, Redis, Stripe, jobs, disk and more; say what to do about each."""
    system = bootstrap.start()
    rows = [
        {"check": name, "ok": remedy is None, "remedy": remedy} for name, remedy in _examine(system)
    ]
    print_rows(rows, as_json=as_json)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


def _examine(system: bootstrap.System) -> Iterator[tuple[str, str | None]]:
    """Yield each check with what to do; None where all is well."""
    settings, readiness = system.settings, system.not_ready()
    yield (
        "secret key",
        "Set SECRET_KEY to a random text of 32 characters or more."
        if settings.secret_key == DEVELOPMENT_SECRET
        else None,
    )
    yield (
        "database and migrations",
        f"{readiness}; check DATABASE_URL, then run `tierline migrate`." if readiness else None,
    )
    built = (ROOT / settings.static_root / "css" / "app.css").is_file()
    yield "front end", None if built else "Run `python3 dev.py build`."
    free = shutil.disk_usage(Path.cwd()).free
    room = f"Only {free // 10**6} MB are free: make room."
    yield "room on disk", None if free > MIN_FREE_BYTES else room
    kept = "Mails are kept and not sent; set SMTP_URL to send them."
    yield "mail", None if settings.smtp_url else kept
    if not readiness:
        yield "stripe account", _account()
        yield from _parts()


def _account() -> str | None:
    try:
        read_own_account()
    except PaymentSystemNotConfiguredError:
        return "Nobody can pay; set STRIPE_SECRET_KEY, then run `tierline stripe setup`."
    except AppError as error:
        return translate(f"errors.{error.code}", **error.params)
    return None


def _parts() -> Iterator[tuple[str, str | None]]:
    """What the modules say of themselves (`HealthCheckProtocol`)."""
    for check in health_checks():
        problem = check.check()
        yield check.name, problem and f"{problem} {REMEDIES.get(check.name, '')}".strip()
