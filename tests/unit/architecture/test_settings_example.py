"""`.env.example` names every setting of every group, with its meaning and its default."""

from app import bootstrap
from app.kit.settings import Settings
from devtools.paths import ROOT
from tests.unit.architecture.env_example import env_example, groups

EXAMPLE = ROOT / ".env.example"


def test_the_example_names_every_setting_with_its_default() -> None:
    written = EXAMPLE.read_text(encoding="utf-8")
    assert written == env_example(), "run `python3 -m tests.unit.architecture.env_example`"


def test_every_setting_says_what_it_means() -> None:
    assert [
        name
        for group in groups()
        for name, field in group.model_fields.items()
        if not (field.description or "").endswith((".", ")"))
    ] == []


def test_every_module_with_settings_is_in_the_example() -> None:
    with_settings = [one.settings for one in bootstrap.MODULES if one.settings is not None]
    assert groups() == [Settings, *with_settings]
