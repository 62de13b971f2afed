"""Commands about background jobs."""

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows

commands = typer.Typer(help="Background jobs.", no_args_is_help=True)


@commands.command("list")
def list_jobs(as_json: AsJson = False) -> None:
    """List the jobs of the enabled modules with their schedules."""
    system = bootstrap.start()
    print_rows(
        [
            {"name": job.name, "schedule": job.schedule, "zone": job.zone, "catch_up": job.catch_up}
            for job in system.jobs
        ],
        as_json=as_json,
    )


@commands.command("run")
def run_job(name: str, as_json: AsJson = False) -> None:
    """Run one job now; exits with 1 when it fails."""
    slot = bootstrap.start().runner.run_now(name)
    result = {"name": name, "status": slot.status, "counts": slot.counts, "error": slot.error}
    print_result(result, f"{name}: {slot.status} {slot.counts or ''}", as_json=as_json)
    if slot.status != "done":
        raise typer.Exit(1)
