"""Declaring features as every module does: their texts are `<module>.features.<code>` and so on."""

from dataclasses import dataclass

from app.contracts.features import Enforcement, FeatureDeclaration, FeatureType, Per, Reset


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
