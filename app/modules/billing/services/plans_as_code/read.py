"""Reads a file of tiers; what is wrong is told with its line, all of it at once. Pure."""

from dataclasses import replace
from typing import Any

from yaml.nodes import MappingNode, Node

from app.contracts.features import FeatureType
from app.kit.errors import InvalidInput
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.plans_as_code.document import (
    COLUMNS,
    PlanFile,
    TierPlan,
    columns,
)
from app.modules.billing.services.plans_as_code.nodes import Reader, compose
from app.modules.billing.services.plans_as_code.write import UNLIMITED
from app.modules.billing.services.tier_draft import checked_code, checked_fields
from app.modules.billing.services.tier_limits import LimitEntry, check_entries

_REQUIRED = ("rank", "name", "price_monthly_cents")
_SWITCHES = ("active", "public")
_TEXTS = ("name", "description")


def read_plans(text: str) -> PlanFile:
    """Return what a file says. Raises WrongPlanFile."""
    root, reader = compose(text), Reader()
    platform, tiers = "", dict[str, TierPlan]()
    missing = {"platform", "tiers"}
    for name, key, value in reader.entries(root, "the file"):
        missing.discard(name)
        if name == "platform":
            platform = str(reader.scalar(value) or "")
            if not platform:
                reader.wrong(value, "platform must be the code of one")
        elif name == "tiers":
            for code, tier_key, tier in reader.entries(value, name):
                tiers[code] = _tier(reader, code, tier_key, tier)
        else:
            reader.wrong(key, f"{name!r} is not known here")
    if isinstance(root, MappingNode):
        for name in sorted(missing):
            reader.wrong(root, f"{name} is missing")
    reader.end()
    return PlanFile(platform, tiers)


def _tier(reader: Reader, code: str, key: Node, node: Node) -> TierPlan:
    given: dict[str, Any] = {}
    places = {"code": (code, key)}
    for name, name_key, value in reader.entries(node, code):
        if name == "features":
            given[name] = _features(reader, value)
        elif name not in COLUMNS:
            reader.wrong(name_key, f"{name!r} is not known here")
        else:
            places[COLUMNS[name]] = (name, value)
            given[name] = _value(reader, name, value)
    for name in _REQUIRED:
        if name not in given:
            if isinstance(node, MappingNode):
                reader.wrong(node, f"{code}: {name} is missing")
            given[name] = {"en": code} if name in _TEXTS else 0
    plan = TierPlan(code=code, **given)
    try:
        checked_code(code)
        checked = checked_fields(columns(plan.fields))
    except InvalidInput as wrong:
        reader.refused(wrong, places)
        return plan
    return replace(plan, name=checked["name_i18n"], description=checked["description_i18n"])


def _value(reader: Reader, name: str, node: Node) -> object:
    if name in _SWITCHES:
        return reader.switch(node, name)
    if name in _TEXTS:
        return reader.texts(node, name)
    if name == "price_annual_cents" and reader.scalar(node) is None:
        return None
    return reader.number(node, name)


def _features(reader: Reader, node: Node) -> dict[str, LimitEntry]:
    found = {}
    for code, key, value in reader.entries(node, "features"):
        if code not in registry().declarations:
            reader.wrong(key, f"{code!r} is no feature")
            continue
        found[code] = _feature(reader, code, value)
        try:
            check_entries([found[code]])
        except InvalidInput as wrong:
            reader.refused(wrong, {"0": (code, value)})
    return found


def _feature(reader: Reader, code: str, node: Node) -> LimitEntry:
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


def _switched_off(reader: Reader, code: str, node: MappingNode) -> LimitEntry:
    """Read a limit that is kept while its feature is switched off."""
    limit, enabled, missing = None, True, {"limit", "enabled"}
    for name, key, value in reader.entries(node, code):
        missing.discard(name)
        if name == "enabled":
            enabled = reader.switch(value, name)
        elif name != "limit":
            reader.wrong(key, f"{name!r} is not known here")
        elif reader.scalar(value) is not None:
            limit = reader.number(value, name)
    for name in sorted(missing):
        reader.wrong(node, f"{code}: {name} is missing")
    return LimitEntry(code, limit, enabled)
