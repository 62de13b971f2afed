"""Commands about plans as code: write them down, compare, apply."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson
from app.cli.plan_changes import PlanChanges
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.errors import AppError
from app.modules.billing.public import (
    PlanFile,
    WrongPlanFile,
    apply_plans,
    plan_differences,
    plan_impact,
    present_plans,
    read_plans,
    write_plans,
)
from app.modules.tenancy.public import get_open_platform_id

ACTOR = "command-line"
STANDARD_STREAM = Path("-")

commands = typer.Typer(help="Tiers of a platform as a file.", no_args_is_help=True)
File = Annotated[
    Path,
    typer.Argument(help="A YAML file, as `tiers export` writes it; - is standard input."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")]
Accept = Annotated[
    bool, typer.Option("--accept-impact", help="Even if merchants would be over their limits.")
]


@commands.command("export")
def export(
    platform: Annotated[str, typer.Argument(help="The platform's code.")],
    file: Annotated[Path, typer.Argument(help="Where to; - is standard output.")] = STANDARD_STREAM,
) -> None:
    """Write a platform's tiers down; applying the file again changes nothing."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        text = write_plans(present_plans(work, get_open_platform_id(work, platform), platform))
    if file == STANDARD_STREAM:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")


@commands.command("diff")
def diff(file: File, as_json: AsJson = False) -> None:
    """Tell what applying a file would change; exits with 1 if anything."""
    bootstrap.start()
    plans = _read(file)
    with unit_of_work(read_only=True) as work:
        changes = _look(work, plans)
    changes.tell(applied=False, as_json=as_json)
    if changes.found:
        raise typer.Exit(1)


@commands.command("apply")
def apply(
    file: File,
    dry_run: DryRun = False,
    accept_impact: Accept = False,
    as_json: AsJson = False,
) -> None:
    """Make a platform's tiers what a file says, all of it or nothing."""
    bootstrap.start()
    plans = _read(file)
    with unit_of_work(read_only=True) as work:
        changes = _look(work, plans)
    try:
        changes = rerun_on_conflict(
            lambda: _apply(plans, dry_run=dry_run, accept_impact=accept_impact)
        )
    except AppError:
        changes.tell(applied=False, as_json=as_json)
        raise
    changes.tell(applied=not dry_run, as_json=as_json)


class _OnlyLooked(Exception):
    """Ends a dry run, so that nothing of it is kept."""


def _apply(plans: PlanFile, *, dry_run: bool, accept_impact: bool) -> PlanChanges:
    """Apply in one transaction; a dry run does too, which meets every refusal, and takes it back.

    Raises TransactionConflict and what `apply_plans` raises.
    """
    with suppress(_OnlyLooked), unit_of_work() as work:
        changes = _look(work, plans)
        platform_id = get_open_platform_id(work, plans.platform)
        accepted = accept_impact or dry_run
        apply_plans(work, platform_id, plans, actor=ACTOR, accept_impact=accepted)
        if dry_run:
            raise _OnlyLooked
    return changes


def _look(work: UnitOfWork, plans: PlanFile) -> PlanChanges:
    platform_id = get_open_platform_id(work, plans.platform)
    found = plan_differences(work, platform_id, plans)
    return PlanChanges(found, plan_impact(work, platform_id, found))


def _read(file: Path) -> PlanFile:
    try:
        if file == STANDARD_STREAM:
            return read_plans(sys.stdin.read())
        return read_plans(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        typer.echo(f"{file} cannot be read: {unreadable}", err=True)
    except WrongPlanFile as wrong:
        typer.echo("\n".join(f"{file}, {problem}" for problem in wrong.problems), err=True)
    sys.exit(2)
