"""Commands about background jobs."""

from typing import Annotated, Any

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows, progress
from app.kit.db import unit_of_work
from app.modules.core.public import JobState, job_states

commands = typer.Typer(help="Background jobs.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Its name, as `jobs list` shows it.")]


@commands.command("list")
def list_jobs(as_json: AsJson = False) -> None:
    """List the jobs of the enabled modules with their next and last runs."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        rows = [_row(state) for state in job_states(work)]
    print_rows(rows, as_json=as_json)


@commands.command("run")
def run_job(name: Name, as_json: AsJson = False) -> None:
    """Run one job now; exits with 1 when it fails."""
    runner = bootstrap.start().runner
    with progress(name):
        slot = runner.run_now(name)
    result = {"name": name, "status": slot.status, "counts": slot.counts, "error": slot.error}
    print_result(result, f"{name}: {slot.status} {slot.counts or ''}", as_json=as_json)
    if slot.status != "done":
        raise typer.Exit(1)


def _row(state: JobState) -> dict[str, Any]:
    last = state.last
    return {
        "name": state.job.name,
        "schedule": state.job.schedule,
        "zone": state.zone,
        "next_at": state.next_at,
        "last_at": last and last.slot,
        "status": last and last.status,
        "error": last and last.error,
        "failed": state.failed,
    }
