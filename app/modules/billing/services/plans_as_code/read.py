"""Reads a file of tiers; what is wrong is told with its line, all of it at once. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from app.contracts.features import FeatureType
from app.kit.i18n import LOCALES
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.plans_as_code.document import PlanFile, TierPlan
from app.modules.billing.services.plans_as_code.write import UNLIMITED
from app.modules.billing.services.tier_limits import LimitEntry

_SCALARS = yaml.constructor.SafeConstructor()
_REQUIRED = ("rank", "name", "price_monthly_cents")
_NUMBERS = ("rank", "price_monthly_cents", "display_order")
_SWITCHES = ("active", "public")
_TEXTS = ("name", "description")
_KEYS = {*_NUMBERS, *_SWITCHES, *_TEXTS, "price_annual_cents", "features"}


class WrongPlanFile(Exception):
    """The file cannot be applied; `problems` are sentences that begin with their line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class _Reader:
    problems: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, node: Node, problem: str) -> None:
        self.problems.append((node.start_mark.line + 1, problem))

    def entries(self, node: Node, what: str) -> Iterator[tuple[str, Node, Node]]:
        """Yield key, its node and its value of a mapping; a key twice is wrong."""
        if not isinstance(node, MappingNode):
            self.wrong(node, f"{what} must be a mapping")
            return
        seen = set()
        for key, value in node.value:
            name = str(self.scalar(key))
            if name in seen:
                self.wrong(key, f"{name!r} is there twice")
                continue
            seen.add(name)
            yield name, key, value

    def scalar(self, node: Node) -> Any:
        """Return a plain value; of anything else, None."""
        return _SCALARS.construct_object(node) if isinstance(node, ScalarNode) else None

    def number(self, node: Node, name: str) -> int:
        value = self.scalar(node)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong(node, f"{name} must be a whole number from 0")
        return 0

    def switch(self, node: Node, name: str) -> bool:
        value = self.scalar(node)
        if not isinstance(value, bool):
            self.wrong(node, f"{name} must be true or false")
        return value is True

    def texts(self, node: Node, name: str) -> Mapping[str, str]:
        texts = {}
        for locale, key, value in self.entries(node, name):
            text = self.scalar(value)
            if locale not in LOCALES:
                self.wrong(key, f"{locale!r} is no language; there are: {', '.join(LOCALES)}")
            elif not isinstance(text, str):
                self.wrong(value, f"{name} must be text")
            else:
                texts[locale] = text
        return texts


def read_plans(text: str) -> PlanFile:
    """Return what a file says. Raises WrongPlanFile."""
    reader = _Reader()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        raise WrongPlanFile([f"line {line}: this is no YAML"]) from None
    if root is None:
        raise WrongPlanFile(["line 1: the file is empty"])
    platform, tiers = "", dict[str, TierPlan]()
    for name, key, value in reader.entries(root, "the file"):
        if name == "platform":
            platform = str(reader.scalar(value) or "")
        elif name == "tiers":
            tiers = {code: _tier(reader, code, one) for code, _, one in reader.entries(value, name)}
        else:
            reader.wrong(key, f"{name!r} is not known here")
    if not platform:
        reader.wrong(root, "the code of the platform is missing")
    if reader.problems:
        raise WrongPlanFile([f"line {line}: {told}" for line, told in sorted(reader.problems)])
    return PlanFile(platform, tiers)


def _tier(reader: _Reader, code: str, node: Node) -> TierPlan:
    given: dict[str, Any] = {}
    for name, key, value in reader.entries(node, code):
        if name not in _KEYS:
            reader.wrong(key, f"{name!r} is not known here")
        elif name in _NUMBERS:
            given[name] = reader.number(value, name)
        elif name in _SWITCHES:
            given[name] = reader.switch(value, name)
        elif name in _TEXTS:
            given[name] = reader.texts(value, name)
        elif name == "features":
            given[name] = _features(reader, value)
        elif reader.scalar(value) is not None:
            given[name] = reader.number(value, name)
    for name in _REQUIRED:
        if name not in given:
            reader.wrong(node, f"{code}: {name} is missing")
            given[name] = {} if name in _TEXTS else 0
    return TierPlan(code=code, **given)


def _features(reader: _Reader, node: Node) -> dict[str, LimitEntry]:
    found = {}
    for code, key, value in reader.entries(node, "features"):
        if code not in registry().declarations:
            reader.wrong(key, f"{code!r} is no feature")
            continue
        found[code] = _feature(reader, code, value)
    return found


def _feature(reader: _Reader, code: str, node: Node) -> LimitEntry:
    if isinstance(node, MappingNode):
        return _switched_off(reader, code, node)
    value = reader.scalar(node)
    is_binary = registry().get(code).feature_type is FeatureType.BINARY
    if is_binary and not isinstance(value, bool):
        reader.wrong(node, f"{code} is true or false")
    if value is False:
        return LimitEntry(code, None, enabled=False)
    if is_binary or value == UNLIMITED:
        return LimitEntry(code, None, enabled=True)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        reader.wrong(node, f"{code} must be a whole number from 0, or {UNLIMITED}")
        return LimitEntry(code, 0, enabled=True)
    return LimitEntry(code, value, enabled=True)


def _switched_off(reader: _Reader, code: str, node: MappingNode) -> LimitEntry:
    """Read a limit that is kept while its feature is switched off."""
    limit, enabled = None, True
    for name, key, value in reader.entries(node, code):
        if name == "enabled":
            enabled = reader.switch(value, name)
        elif name != "limit":
            reader.wrong(key, f"{name!r} is not known here")
        elif reader.scalar(value) is not None:
            limit = reader.number(value, name)
    return LimitEntry(code, limit, enabled)
