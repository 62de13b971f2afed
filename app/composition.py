"""Which modules run, and whether what they declare fits together; says in a sentence if not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import entry_points

from app.contracts.modules import ModuleDefinition
from app.contracts.permissions import Permission

ENTRY_POINT_GROUP = "tierline.modules"


class CompositionError(Exception):
    """The modules cannot run together; the text names the modules and what clashes."""


def installed_modules() -> list[ModuleDefinition]:
    """Return the modules that other distributions offer by the entry point `tierline.modules`."""
    found = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)
    return [_definition(point.name, point.load()) for point in found]


def select_modules(
    available: Sequence[ModuleDefinition], disabled: frozenset[str]
) -> list[ModuleDefinition]:
    """Return the modules that run, in their order.

    Raises CompositionError for a code used twice, an unknown or a required one in
    `MODULES_DISABLED`.
    """
    _unique(available, "module", lambda module: [module.code])
    by_code = {module.code: module for module in available}
    for code in sorted(disabled):
        if code not in by_code:
            known = ", ".join(sorted(by_code))
            raise CompositionError(
                f"MODULES_DISABLED names {code!r}, which is no module; there are: {known}."
            )
        if by_code[code].required:
            raise CompositionError(
                f"MODULES_DISABLED names {code!r}, which cannot be disabled: others stand on it."
            )
    return [module for module in available if module.code not in disabled]


def check_codes(modules: Sequence[ModuleDefinition]) -> None:
    """Refuse codes that clash, belong elsewhere or are unknown. Raises CompositionError."""
    _unique(modules, "permission", lambda module: [one.code for one in module.permissions])
    _unique(modules, "job", lambda module: [job.name for job in module.jobs])
    _unique(modules, "outbox message", lambda module: list(module.outbox_handlers))
    _unique(modules, "feature", _feature_codes)
    _check_owner(modules, "permission", lambda module: [one.code for one in module.permissions])
    _check_owner(modules, "job", lambda module: [job.name for job in module.jobs])
    _check_navigation(modules)
    _check_panels(modules)


def permissions_of(modules: Iterable[ModuleDefinition]) -> Mapping[str, Permission]:
    """Return every declared permission by code."""
    return {one.code: one for module in modules for one in module.permissions}


def _definition(name: str, loaded: object) -> ModuleDefinition:
    if not isinstance(loaded, ModuleDefinition):
        raise CompositionError(
            f"The entry point {name!r} of {ENTRY_POINT_GROUP} is no ModuleDefinition."
        )
    return loaded


def _feature_codes(module: ModuleDefinition) -> list[str]:
    return [one.code for one in module.features.declare()] if module.features else []


def _unique(
    modules: Sequence[ModuleDefinition],
    what: str,
    codes_of: Callable[[ModuleDefinition], list[str]],
) -> None:
    owner: dict[str, str] = {}
    for module in modules:
        for code in codes_of(module):
            if code in owner:
                raise CompositionError(
                    f"The {what} {code!r} is declared twice: "
                    f"by the module {owner[code]!r} and by the module {module.code!r}."
                )
            owner[code] = module.code


def _check_owner(
    modules: Sequence[ModuleDefinition],
    what: str,
    codes_of: Callable[[ModuleDefinition], list[str]],
) -> None:
    for module in modules:
        for code in codes_of(module):
            if not code.startswith(f"{module.code}."):
                raise CompositionError(
                    f"The module {module.code!r} declares the {what} {code!r}, "
                    f"which is foreign: its codes begin with '{module.code}.'."
                )


def _check_navigation(modules: Sequence[ModuleDefinition]) -> None:
    known = permissions_of(modules)
    for module in modules:
        for entry in module.navigation:
            if entry.permission not in known:
                raise CompositionError(
                    f"The module {module.code!r} has a navigation entry {entry.href!r} for the "
                    f"permission {entry.permission!r}, which no module declares."
                )


def _check_panels(modules: Sequence[ModuleDefinition]) -> None:
    known = permissions_of(modules)
    for module in modules:
        for panel in module.panels:
            if panel.permission is not None and panel.permission not in known:
                raise CompositionError(
                    f"The module {module.code!r} has a panel on the page {panel.page!r} for the "
                    f"permission {panel.permission!r}, which no module declares."
                )
