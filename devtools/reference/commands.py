"""Every command of `tierline` with its arguments and options."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from app.cli.main import commands as program
from devtools.reference.markdown import code, document, table

LEAD = (
    "`tierline COMMAND --help` shows the same. Exit codes: 0 done, 1 refused or failed, "
    "2 wrong usage or a system that cannot start. Inside the working tree the program is "
    "`.venv/bin/tierline`."
)


def page() -> str:
    """The whole page, one section a command."""
    return document("Command line", LEAD, *(_section(*one) for one in all_commands()))


def all_commands() -> list[tuple[str, Any]]:
    """Every command that does something, by its full name."""
    return sorted(_below("tierline", get_command(program)), key=lambda one: one[0])


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, one in inner.items():
        yield from _below(f"{name} {word}", one)


def _section(name: str, command: Any) -> str:
    parts = [f"## {name}\n", f"{command.help}\n"]
    shown = [one for one in command.params if not one.hidden]
    if shown:
        parts.append(table(["Argument or option", "Meaning", "Default"], map(_row, shown)))
    return "\n".join(parts)


def _row(parameter: Any) -> list[str]:
    is_option = parameter.opts[0].startswith("-")
    names = parameter.opts if is_option else [parameter.name.upper()]
    return [", ".join(map(code, names)), parameter.help or "", _default(parameter)]


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    return "" if parameter.default in (None, False) else code(parameter.default)
