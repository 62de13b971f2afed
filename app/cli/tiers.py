"""Commands about plans as code: write them down, compare, apply."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result
from app.kit.db import unit_of_work
from app.modules.billing.public import (
    LimitEntry,
    PlanFile,
    TierDifference,
    TierImpact,
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
STANDARD_OUTPUT = Path("-")

commands = typer.Typer(help="Tiers of a platform as a file.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A YAML file, as `tiers export` writes it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")]
Accept = Annotated[
    bool, typer.Option("--accept-impact", help="Even if merchants would be over their limits.")
]


@commands.command("export")
def export(
    platform: Annotated[str, typer.Argument(help="The platform's code.")],
    file: Annotated[Path, typer.Argument(help="Where to; - is standard output.")] = STANDARD_OUTPUT,
) -> None:
    """Write a platform's tiers down; applying the file again changes nothing."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        text = write_plans(present_plans(work, get_open_platform_id(work, platform), platform))
    if file == STANDARD_OUTPUT:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")


@commands.command("diff")
def diff(file: File, as_json: AsJson = False) -> None:
    """Tell what applying a file would change; exits with 1 if anything."""
    bootstrap.start()
    plans = _read(file)
    found, hit = _look(plans)
    _tell(found, hit, applied=False, as_json=as_json)
    if found:
        raise typer.Exit(1)


@commands.command("apply")
def apply(
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    accept_impact: Accept = False,
    as_json: AsJson = False,
) -> None:
    """Make a platform's tiers what a file says, all of it or nothing."""
    bootstrap.start()
    plans = _read(file)
    found, hit = _look(plans)
    if not dry_run:
        with unit_of_work() as work:
            platform_id = get_open_platform_id(work, plans.platform)
            apply_plans(work, platform_id, plans, actor=ACTOR, accept_impact=accept_impact)
    _tell(found, hit, applied=not dry_run, as_json=as_json)


def _read(file: Path) -> PlanFile:
    try:
        return read_plans(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        typer.echo(f"{file} cannot be read: {unreadable}", err=True)
    except WrongPlanFile as wrong:
        typer.echo("\n".join(f"{file}, {problem}" for problem in wrong.problems), err=True)
    sys.exit(2)


def _look(plans: PlanFile) -> tuple[list[TierDifference], list[TierImpact]]:
    with unit_of_work(read_only=True) as work:
        platform_id = get_open_platform_id(work, plans.platform)
        found = plan_differences(work, platform_id, plans)
        return found, plan_impact(work, platform_id, found)


def _tell(
    found: list[TierDifference], hit: list[TierImpact], *, applied: bool, as_json: bool
) -> None:
    result = {
        "applied": applied,
        "tiers": [_difference(one) for one in found],
        "impact": [vars(one) for one in hit],
    }
    lines = [line for one in found for line in _lines(one)]
    lines += [
        f"{one.tier}: {one.over} merchants would be over ({', '.join(one.features)})" for one in hit
    ]
    text = "\n".join(lines) or "Nothing differs."
    print_result(result, text, as_json=as_json)


def _difference(one: TierDifference) -> dict[str, Any]:
    return {
        "code": one.code,
        "change": one.kind,
        "fields": {name: {"before": old, "after": new} for name, (old, new) in one.fields.items()},
        "features": {
            code: {"before": _said(old), "after": _said(new)}
            for code, (old, new) in one.features.items()
        },
    }


def _lines(one: TierDifference) -> list[str]:
    lines = [f"{one.code}: {one.kind}"]
    if one.before is not None:
        lines += [f"  {name}: {old} → {new}" for name, (old, new) in one.fields.items()]
    return lines + [
        f"  {code}: {_said(old)} → {_said(new)}" for code, (old, new) in one.features.items()
    ]


def _said(entry: LimitEntry) -> str:
    if not entry.enabled:
        return "off"
    return "unlimited" if entry.limit_value is None else str(entry.limit_value)
