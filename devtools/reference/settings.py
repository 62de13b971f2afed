"""Every setting with its default."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic.fields import FieldInfo

from app import bootstrap
from app.kit.settings import Settings, SettingsGroup
from devtools.reference.markdown import code, document, table

LEAD = (
    "Each setting is an environment variable, or a line of a file `.env` in the working folder; "
    "the environment wins. A wrong value stops the start with a sentence that names the variable."
)


def page() -> str:
    """The whole page: the kit's settings, then those of each module."""
    return document("Settings", LEAD, *(part for group in groups() for part in _section(group)))


def groups() -> list[type[SettingsGroup]]:
    """The settings of the kit, then those of each module."""
    of_modules = [one.settings for one in bootstrap.MODULES if one.settings is not None]
    return [Settings, *of_modules]


def _section(group: type[SettingsGroup]) -> Iterator[str]:
    title = "Kit" if group is Settings else group.__name__.removesuffix("Settings")
    yield f"## {title}\n"
    fields = group.model_fields.items()
    rows = [_row(name.upper(), field) for name, field in fields]
    yield table(["Variable", "Meaning", "Default"], rows)


def _row(name: str, field: FieldInfo) -> list[str]:
    choices = [code(one) for one in get_args(field.annotation) if isinstance(one, str)]
    known = f" One of {', '.join(choices)}." if choices else ""
    default = field.get_default(call_default_factory=True, validated_data={})
    return [code(name), f"{field.description}{known}", code(_written(default))]


def _written(default: Any) -> Any:
    return str(default).lower() if isinstance(default, bool) else default
