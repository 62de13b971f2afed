"""Each reference page names everything that there is."""

import re

import pytest

from app import bootstrap
from devtools.reference import REFERENCE
from devtools.reference.api import operations
from devtools.reference.commands import all_commands
from devtools.reference.errors import errors
from devtools.reference.jobs import all_jobs
from devtools.reference.markdown import document, table
from devtools.reference.settings import groups

MODULES = bootstrap.MODULES


def first_cells(page: str) -> set[str]:
    """The literals that begin the rows of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))


def expected() -> dict[str, set[str]]:
    """What must be named, read from where it is declared."""
    providers = [module.features for module in MODULES if module.features is not None]
    return {
        "settings": {name.upper() for group in groups() for name in group.model_fields},
        "features": {one.code for provider in providers for one in provider.declare()},
        "permissions": {one.code for module in MODULES for one in module.permissions},
        "errors": {one.code for one in errors()},
        "jobs": {job.name for job in all_jobs()},
    }


@pytest.mark.parametrize("name", ["settings", "features", "permissions", "errors", "jobs"])
def test_the_page_names_everything(name: str) -> None:
    assert first_cells(REFERENCE[name]()) == expected()[name]


def test_every_module_with_settings_is_on_the_page() -> None:
    with_settings = [one.settings for one in MODULES if one.settings is not None]
    assert groups()[1:] == with_settings


def test_every_command_has_a_section_with_its_options() -> None:
    page = REFERENCE["commands"]()
    sections = dict(
        re.findall(r"^## (tierline .+?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    )
    assert set(sections) == {name for name, _ in all_commands()}
    assert {"tierline serve", "tierline migrate", "tierline jobs run"} <= set(sections)
    assert "`--port`" in sections["tierline serve"]
    assert "`NAME`" in sections["tierline jobs run"]


def test_every_address_of_the_api_is_on_the_page() -> None:
    rows = set(re.findall(r"^\| `([A-Z]+)` \| `([^`]+)` \| \S", REFERENCE["api"](), re.MULTILINE))
    assert rows == {(method, path) for method, path, _ in operations()}
    assert ("POST", "/api/v1/store/products") in rows


def test_a_feature_shows_its_limits_in_the_shipped_tiers() -> None:
    row = next(line for line in REFERENCE["features"]().splitlines() if "`max_products`" in line)
    assert row.endswith("| per merchant, resets: never | exact | 200 | ∞ | ∞ | ∞ |")


def test_bars_breaks_and_angles_do_not_break_a_table() -> None:
    assert document("T", "Lead.", table(["A"], [["a|b\n<c> `<d>`"]])) == (
        "# T\n\nLead.\n\n| A |\n| --- |\n| a\\|b &lt;c> `<d>` |\n"
    )
