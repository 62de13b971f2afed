"""Writes `.env.example` from the settings: `python3 -m tests.unit.architecture.env_example`."""

import textwrap
from typing import get_args

from pydantic.fields import FieldInfo

from app import bootstrap
from app.kit.settings import Settings, SettingsGroup
from devtools.paths import ROOT

HEAD = """\
# Every setting, as an environment variable or as a line of a file `.env` beside this one.
# A line that begins with `#` shows the default; the environment wins over the file.
"""


def groups() -> list[type[SettingsGroup]]:
    """The settings of the kit, then those of each module."""
    return [Settings, *(one.settings for one in bootstrap.MODULES if one.settings is not None)]


def env_example() -> str:
    """The whole file."""
    return HEAD + "".join(_group(group) for group in groups())


def _group(group: type[SettingsGroup]) -> str:
    title = (group.__doc__ or "").strip().splitlines()[0]
    fields = "".join(_setting(name, field) for name, field in group.model_fields.items())
    return f"\n# --- {title}\n{fields}"


def _setting(name: str, field: FieldInfo) -> str:
    """The meaning as comments, and the default as a line to uncomment."""
    choices = [str(one) for one in get_args(field.annotation) if isinstance(one, str)]
    known = f" One of: {', '.join(choices)}." if choices else ""
    about = textwrap.fill(f"{field.description}{known}", width=98)
    return "\n" + textwrap.indent(f"{about}\n", "# ") + f"# {name.upper()}={_written(field)}\n"


def _written(field: FieldInfo) -> str:
    """A default as the environment spells it; nothing where there is none."""
    default = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default is None else str(default)


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")
