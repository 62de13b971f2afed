"""Start-up refuses modules that cannot run together, and says which and why."""

from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest

from app import composition
from app.composition import CompositionError, check_codes, installed_modules, select_modules
from app.contracts.features import FeatureDeclaration, FeatureType
from app.contracts.modules import ModuleDefinition
from app.contracts.navigation import Area, NavigationEntry
from app.contracts.panels import Panel
from app.contracts.permissions import ADMINS, Permission
from app.kit.jobs import Done, StepJob

HERE = Path(__file__).parent


def a_module(code: str, **parts: Any) -> ModuleDefinition:
    return ModuleDefinition(code=code, folder=HERE, **parts)


def a_permission(code: str) -> Permission:
    return Permission(code, ADMINS, scope="admin:read")


def a_job(name: str) -> StepJob:
    return StepJob(name=name, schedule="0 3 * * *", step=lambda _work, _run: Done())


def a_link(permission: str) -> NavigationEntry:
    return NavigationEntry(Area.ADMIN, "a.group", "a.label", "/a", "bell", permission)


class Features:
    """Declares one code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def declare(self) -> list[FeatureDeclaration]:
        """Return it."""
        return [FeatureDeclaration(self._code, "a.name", "a.about", "limits", FeatureType.BINARY)]


AVAILABLE = [a_module("core", required=True), a_module("media"), a_module("orders")]


def test_it_runs_what_is_not_disabled_in_the_given_order() -> None:
    chosen = select_modules(AVAILABLE, frozenset({"media"}))
    assert [module.code for module in chosen] == ["core", "orders"]


@pytest.mark.parametrize(
    ("available", "disabled", "sentence"),
    [
        (
            [*AVAILABLE, a_module("media")],
            set(),
            (
                "The module 'media' is declared twice: by the module 'media' and by the module "
                "'media'."
            ),
        ),
        (
            AVAILABLE,
            {"medai"},
            "MODULES_DISABLED names 'medai', which is no module; there are: core, media, orders.",
        ),
        (
            AVAILABLE,
            {"core"},
            "MODULES_DISABLED names 'core', which cannot be disabled: others stand on it.",
        ),
    ],
)
def test_it_refuses_a_choice_that_cannot_run(
    available: list[ModuleDefinition], disabled: set[str], sentence: str
) -> None:
    with pytest.raises(CompositionError) as refused:
        select_modules(available, frozenset(disabled))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (
            a_module("a", permissions=[a_permission("a.view")]),
            a_module("b", permissions=[a_permission("a.view")]),
            "The permission 'a.view' is declared twice: by the module 'a' and by the module 'b'.",
        ),
        (
            a_module("a", jobs=[a_job("a.run")]),
            a_module("b", jobs=[a_job("a.run")]),
            "The job 'a.run' is declared twice: by the module 'a' and by the module 'b'.",
        ),
        (
            a_module("a", outbox_handlers={"mail": print}),
            a_module("b", outbox_handlers={"mail": print}),
            "The outbox message 'mail' is declared twice: by the module 'a' and by the module 'b'.",
        ),
        (
            a_module("a", features=Features("max_x")),
            a_module("b", features=Features("max_x")),
            "The feature 'max_x' is declared twice: by the module 'a' and by the module 'b'.",
        ),
        (
            a_module("a"),
            a_module("b", permissions=[a_permission("a.view")]),
            (
                "The module 'b' declares the permission 'a.view', which is foreign: "
                "its codes begin with 'b.'."
            ),
        ),
        (
            a_module("a"),
            a_module("b", jobs=[a_job("a.run")]),
            "The module 'b' declares the job 'a.run', which is foreign: its codes begin with 'b.'.",
        ),
        (
            a_module("a"),
            a_module("b", navigation=[a_link("b.view")]),
            (
                "The module 'b' has a navigation entry '/a' for the permission 'b.view', which no "
                "module declares."
            ),
        ),
        (
            a_module("a"),
            a_module("b", panels=[Panel("a.page", "b/part.html", "b.view")]),
            (
                "The module 'b' has a panel on the page 'a.page' for the permission 'b.view', "
                "which no module declares."
            ),
        ),
    ],
)
def test_it_refuses_codes_that_clash_are_foreign_or_unknown(
    first: ModuleDefinition, second: ModuleDefinition, sentence: str
) -> None:
    with pytest.raises(CompositionError) as refused:
        check_codes([first, second])
    assert str(refused.value) == sentence


def test_it_accepts_modules_that_fit() -> None:
    check_codes(
        [
            a_module("a", permissions=[a_permission("a.view")], jobs=[a_job("a.run")]),
            a_module("b", navigation=[a_link("a.view")], features=Features("max_x")),
        ]
    )


def test_a_link_may_not_lead_to_a_disabled_modules_page() -> None:
    owner = a_module("a", permissions=[a_permission("a.view")])
    linking = replace(a_module("b"), navigation=[a_link("a.view")])
    with pytest.raises(CompositionError, match=r"'a\.view', which no module declares"):
        check_codes(select_modules([owner, linking], frozenset({"a"})))


def test_it_refuses_an_entry_point_that_is_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = EntryPoint("odd", "app.kit.errors:AppError", composition.ENTRY_POINT_GROUP)
    monkeypatch.setattr(composition, "entry_points", lambda **_: EntryPoints([wrong]))
    with pytest.raises(CompositionError) as refused:
        installed_modules()
    assert str(refused.value) == (
        "The entry point 'odd' of tierline.modules is no ModuleDefinition."
    )
