"""A module with any number of features, which nobody uses."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.features import (
    FeatureDeclaration,
    FeatureProviderProtocol,
    FeatureType,
    UsageRow,
    Window,
    feature_providers,
)
from app.modules.billing.services.tables import tables


class Toy:
    """Declares switches and numbers in turn."""

    def __init__(self, number: int) -> None:
        self._declarations = [
            FeatureDeclaration(
                code=f"toy_{index}",
                name_key="catalog.features.max_products",
                description_key="catalog.features.max_products.description",
                category="toy",
                feature_type=FeatureType.QUANTITATIVE if index % 2 else FeatureType.BINARY,
            )
            for index in range(number)
        ]

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return them all."""
        return self._declarations

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Everything is counted."""
        return {}

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> list[UsageRow]:
        """There are no rows."""
        return []


def connect_toy(number: int) -> None:
    """Put a toy module beside the present ones; whoever calls puts those back at the end."""
    own: list[FeatureProviderProtocol] = [*feature_providers(), Toy(number)]
    feature_providers.connect(own)
    tables().forget_all()
