"""All commands of `tierline`."""

import sys

import typer
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from app.cli import (
    capacity,
    demo,
    doctor,
    exports,
    gdpr,
    jobs,
    media,
    payments,
    people,
    sandbox,
    server,
    tiers,
    usage,
    webhooks,
    worker,
)
from app.composition import CompositionError
from app.kit.error_text import error_text
from app.kit.errors import AppError, InvalidInput
from app.kit.i18n import CatalogError, translate
from app.kit.settings import SettingsError

DATABASE_AWAY = (
    "The database does not answer as it should: check DATABASE_URL, run `tierline migrate`, "
    "then `tierline doctor`."
)

commands = typer.Typer(
    name="tierline",
    help="Subscriptions, feature gating and billing for commerce platforms.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
commands.command("serve")(server.serve)
commands.command("worker")(worker.worker)
commands.command("beat")(worker.beat)
commands.command("demo")(demo.demo)
commands.command("migrate")(server.migrate)
commands.command("sandbox", context_settings=sandbox.AS_WRITTEN)(sandbox.sandbox)
commands.command("doctor")(doctor.doctor)
commands.command("create-admin")(people.create_admin)
commands.command("create-token")(people.create_token)
commands.add_typer(capacity.commands, name="capacity")
commands.add_typer(exports.commands, name="export")
commands.add_typer(gdpr.commands, name="gdpr")
commands.add_typer(jobs.commands, name="jobs")
commands.add_typer(media.commands, name="media")
commands.add_typer(payments.commands, name="stripe")
commands.add_typer(tiers.commands, name="tiers")
commands.add_typer(usage.commands, name="usage")
commands.add_typer(webhooks.commands, name="webhooks")


def app() -> None:
    """Run the command line; errors that a person can mend are one sentence, exit code 2."""
    try:
        commands()
    except (SettingsError, CompositionError, CatalogError) as error:
        typer.echo(f"tierline cannot start.\n{error}", err=True)
        sys.exit(2)
    except AppError as error:
        typer.echo("\n".join(_sentences(error)), err=True)
        sys.exit(1)
    except DatabaseError as error:
        if isinstance(error, IntegrityError | DataError):
            raise  # not the database's fault
        typer.echo(f"{DATABASE_AWAY}\n{error_text(error)}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(1)


def _sentences(error: AppError) -> list[str]:
    """What happened, and what is wrong with each value."""
    values = error.errors if isinstance(error, InvalidInput) else ()
    where = "".join(f"{note}: " for note in getattr(error, "__notes__", ()))
    return [
        where + translate(f"errors.{error.code}", **error.params),
        *(translate(f"validation.{code}", **params) for _pointer, code, params in values),
    ]


if __name__ == "__main__":
    app()
