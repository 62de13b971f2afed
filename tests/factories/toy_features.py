"""A module with any number of features, which nobody uses."""

from app.contracts.declaring import DeclaredFeatures
from app.contracts.features import (
    FeatureDeclaration,
    FeatureProviderProtocol,
    FeatureType,
    feature_providers,
)
from app.modules.billing.services.tables import tables


def toy_features(number: int) -> DeclaredFeatures:
    """Return switches and numbers in turn."""
    return DeclaredFeatures(
        [
            FeatureDeclaration(
                code=f"toy_{index}",
                name_key="catalog.features.max_products",
                description_key="catalog.features.max_products.description",
                category="toy",
                feature_type=FeatureType.QUANTITATIVE if index % 2 else FeatureType.BINARY,
            )
            for index in range(number)
        ]
    )


def connect_toy(number: int) -> None:
    """Put a toy module beside the present ones; whoever calls puts those back at the end."""
    own: list[FeatureProviderProtocol] = [*feature_providers(), toy_features(number)]
    feature_providers.connect(own)
    tables().forget_all()
