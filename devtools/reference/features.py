"""Every feature that the modules declare, and the shipped tiers that have it."""

from app import bootstrap
from app.contracts.features import FeatureDeclaration, FeatureType
from app.modules.billing.shipped.catalogue import TIERS, limits_of
from devtools.reference.markdown import code, document, table
from devtools.reference.texts import text

LEAD = (
    "A feature is declared by the module that owns it. The tiers are those that every new "
    "platform gets; operators change them. ∞ is unlimited, – is not in the plan. How limits are "
    "kept: *exact* ones hold whatever runs at the same time, *approximate* ones may be passed by "
    "a second's traffic, *advisory* ones only inform."
)
HEADS = ["Code", "Feature", "Counts", "Kept", *(one.code.title() for one in TIERS)]


def page() -> str:
    """The whole page, one section a module."""
    parts = []
    for module in bootstrap.MODULES:
        if module.features is not None:
            declared = list(module.features.declare())
            parts += [f"## {module.code.title()}\n", table(HEADS, map(_row, declared))]
    return document("Features", LEAD, *parts)


def _row(feature: FeatureDeclaration) -> list[str]:
    meaning = f"**{text(feature.name_key)}**. {text(feature.description_key)}"
    tiers = [_of_tier(feature, limits_of(tier)) for tier in TIERS]
    return [code(feature.code), meaning, _counts(feature), _kept(feature), *tiers]


def _is_binary(feature: FeatureDeclaration) -> bool:
    return feature.feature_type is FeatureType.BINARY


def _counts(feature: FeatureDeclaration) -> str:
    if _is_binary(feature):
        return ""
    return f"per {feature.per}, resets: {feature.reset.replace('_', ' ')}"


def _kept(feature: FeatureDeclaration) -> str:
    return "on or off" if _is_binary(feature) else str(feature.enforcement)


def _of_tier(feature: FeatureDeclaration, limits: dict[str, int | None]) -> str:
    if feature.code not in limits:
        return "–"
    if _is_binary(feature):
        return "yes"
    limit = limits[feature.code]
    return "∞" if limit is None else f"{limit:,}"
