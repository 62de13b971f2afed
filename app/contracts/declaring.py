"""Declaring features as every module does: their texts are `<module>.features.<code>` and so on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.contracts.features import (
    Enforcement,
    FeatureDeclaration,
    FeatureType,
    Per,
    Reset,
    UsageRow,
    Window,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class FeaturesOf:
    """The features of one module, whose catalogs hold their texts."""

    module: str

    def number(
        self,
        code: str,
        *,
        unit: str | None = None,
        reset: Reset = Reset.NEVER,
        enforcement: Enforcement = Enforcement.EXACT,
        per: Per = Per.MERCHANT,
    ) -> FeatureDeclaration:
        """Declare a limit; it also needs the text `<module>.features.<code>.usage`."""
        key = f"{self.module}.features.{code}"
        return FeatureDeclaration(
            code=code,
            name_key=key,
            usage_name_key=f"{key}.usage",
            description_key=f"{key}.description",
            category="limits",
            feature_type=FeatureType.QUANTITATIVE,
            unit=unit,
            reset=reset,
            enforcement=enforcement,
            per=per,
        )

    def switch(self, code: str, category: str) -> FeatureDeclaration:
        """Declare something that is open or closed."""
        key = f"{self.module}.features.{code}"
        return FeatureDeclaration(
            code=code,
            name_key=key,
            description_key=f"{key}.description",
            category=category,
            feature_type=FeatureType.BINARY,
        )


@dataclass(frozen=True, eq=False)
class DeclaredFeatures:
    """Implements `FeatureProviderProtocol` for features of which nothing is counted; a module
    that counts answers the question for itself. Compared by identity, so that it keys what is
    asked of it at once."""

    features: Sequence[FeatureDeclaration]

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the features in the order in which pages show them."""
        return self.features

    def get_current_usage(
        self, db: "Session", merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Return nothing: what is exact has a counter, and nothing else is used up."""
        return {}

    def count_true_usage(
        self,
        db: "Session",
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Return nothing: there are no rows to count."""
        return ()
