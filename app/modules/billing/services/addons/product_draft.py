"""The fields of an add-on that operators write, and what they may be (D29)."""

from collections.abc import Mapping
from typing import Any

from app.contracts.features import FeatureType
from app.kit.errors import InvalidInput
from app.modules.billing.exceptions import UnknownFeatureCode
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.tier_draft import checked_code, checked_fields

MOST_GRANTED = 1_000_000


def checked_product(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of an add-on in the form that is stored.

    Raises InvalidInput, UnknownFeatureCode.
    """
    checked = checked_fields(fields)
    if "category" in checked:
        checked["category"] = checked_code(checked["category"], pointer="/category")
    if "grants" in checked:
        checked["grants"] = {
            code: _checked_grant(code, amount) for code, amount in checked["grants"].items()
        }
    return checked


def _checked_grant(code: str, amount: int | bool) -> int | bool:
    """A binary feature is granted whole, any other by an amount (D10)."""
    declaration = registry().declarations.get(code)
    if declaration is None:
        raise UnknownFeatureCode(feature_code=code)
    if declaration.feature_type is FeatureType.BINARY:
        if amount is not True:
            raise InvalidInput.at(f"/grants/{code}", "grant_of_binary", feature_code=code)
        return True
    if isinstance(amount, bool) or not 1 <= amount <= MOST_GRANTED:
        raise InvalidInput.at(f"/grants/{code}", "out_of_range", minimum=1, maximum=MOST_GRANTED)
    return amount
