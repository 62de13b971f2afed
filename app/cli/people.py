"""Commands about people: admins and tokens."""

import sys
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result
from app.kit.db import unit_of_work
from app.modules.tenancy.public import (
    CommandedAdmin,
    TokenDraft,
    add_admin,
    add_platform_token,
    add_user_token,
    hash_password,
)

Email = Annotated[str, typer.Argument(help="The mail address to sign in with.")]
Platforms = Annotated[
    list[str] | None, typer.Option("--platform", help="Code of a platform to look after.")
]
Grants = Annotated[
    list[str] | None, typer.Option("--grant", help="Permission that is held by grant alone.")
]
FromInput = Annotated[bool, typer.Option(help="Read the password from standard input.")]


def create_admin(
    email: Email,
    platform: Platforms = None,
    grant: Grants = None,
    password_stdin: FromInput = False,
    as_json: AsJson = False,
) -> None:
    """Create an admin: of the platforms named, or without one of everything.

    Without a password it prints a link, good for a week, that sets one.
    """
    system = bootstrap.start()
    password = _read_password(password_stdin)
    hashed = hash_password(password) if password else None
    admin = CommandedAdmin(email, platform or (), grant or (), hashed)
    with unit_of_work() as work:
        user, secret = add_admin(work, admin)
        result = {"id": user.id, "email": user.email, "user_type": user.user_type}
    link = f"{system.settings.base_url}/reset-password/{secret}" if secret else None
    text = f"Created {result['email']} ({result['user_type']})."
    way_in = f"\nSet the password within a week: {link}" if link else ""
    print_result({**result, "link": link}, text + way_in, as_json=as_json)


def create_token(
    *,
    user: Annotated[str | None, typer.Option(help="Mail address of whom it acts for.")] = None,
    platform: Annotated[str | None, typer.Option(help="Or the code of a platform.")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="What it may do.")] = None,
    name: Annotated[str, typer.Option(help="What it is for.")] = "Command line",
    days: Annotated[int | None, typer.Option(min=1, help="Days until it ends.")] = None,
    as_json: AsJson = False,
) -> None:
    """Create a token for programs and print it; it is shown this once."""
    if (user is None) == (platform is None):
        raise typer.BadParameter("Give either --user or --platform.")
    bootstrap.start()
    draft = TokenDraft(name=name, scopes=tuple(scope or ()), expires_in_days=days)
    with unit_of_work() as work:
        if user is not None:
            token, secret = add_user_token(work, user, draft=draft)
        else:
            token, secret = add_platform_token(work, str(platform), draft=draft)
        result = {"id": token.id, "scopes": token.scopes, "token": secret}
    print_result(result, secret, as_json=as_json)


def _read_password(from_input: bool) -> str:
    """Read one line where told to; ask only a person at a terminal."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    prompt = "Password (leave empty for a link)"
    return str(typer.prompt(prompt, default="", hide_input=True, show_default=False))
