"""Features of every kind, declared by nobody."""

from app.contracts.features import Enforcement, FeatureDeclaration, FeatureType, Per, Reset


def a_number(
    *,
    enforcement: Enforcement = Enforcement.EXACT,
    per: Per = Per.MERCHANT,
    reset: Reset = Reset.NEVER,
) -> FeatureDeclaration:
    """Declare a quantitative feature."""
    return FeatureDeclaration(
        "number", "number", "number", "limits", FeatureType.QUANTITATIVE,
        enforcement=enforcement, per=per, reset=reset,
    )  # fmt: skip


def a_switch() -> FeatureDeclaration:
    """Declare a binary feature."""
    return FeatureDeclaration("switch", "switch", "switch", "other", FeatureType.BINARY)
