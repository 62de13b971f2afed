"""Features that billing itself declares: entitlements that platforms' own modules ask for."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.features import (
    Enforcement,
    FeatureDeclaration,
    FeatureType,
    UsageRow,
    Window,
)


def _binary(code: str, category: str) -> FeatureDeclaration:
    return FeatureDeclaration(
        code=code,
        name_key=f"billing.features.{code}",
        description_key=f"billing.features.{code}.description",
        category=category,
        feature_type=FeatureType.BINARY,
    )


DECLARATIONS = (
    FeatureDeclaration(
        code="max_email_addresses",
        name_key="billing.features.max_email_addresses",
        usage_name_key="billing.features.max_email_addresses.usage",
        description_key="billing.features.max_email_addresses.description",
        category="limits",
        feature_type=FeatureType.QUANTITATIVE,
        enforcement=Enforcement.ADVISORY,
    ),
    _binary("basic_support", "support"),
    _binary("priority_support", "support"),
    _binary("dedicated_manager", "support"),
    _binary("webhooks_out", "integrations"),
    _binary("erp_connector", "integrations"),
    _binary("custom_domain", "branding"),
    _binary("white_label", "branding"),
)


class BillingFeatures:
    """Mailboxes are kept by the operator's mail system, which this product does not count."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the declarations."""
        return DECLARATIONS

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Nothing here is counted."""
        return {}

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Nothing here is counted."""
        return ()
