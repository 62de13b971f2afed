"""One feature, declared where it belongs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.contracts.features import FeatureDeclaration, FeatureType


class ToyFeatures:
    """Owns the feature `toy_bell`, which keeps no usage."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the module's one feature."""
        return [
            FeatureDeclaration(
                code="toy_bell",
                name_key="toy.features.bell",
                description_key="toy.features.bell_description",
                category="branding",
                feature_type=FeatureType.BINARY,
            )
        ]

    def get_current_usage(
        self, db: Any, merchant_id: int, platform_id: int, windows: Mapping[str, Any]
    ) -> dict[str, int]:
        """Nothing is counted."""
        return {}

    def count_true_usage(
        self,
        db: Any,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Any],
    ) -> Iterable[Any]:
        """Nothing is counted."""
        return []
