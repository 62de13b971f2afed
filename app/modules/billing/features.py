"""Features that billing itself declares: entitlements that platforms' own modules ask for."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.declaring import FeaturesOf
from app.contracts.features import Enforcement, FeatureDeclaration, UsageRow, Window

_own = FeaturesOf("billing")

DECLARATIONS = (
    _own.number("max_email_addresses", enforcement=Enforcement.ADVISORY),
    _own.switch("basic_support", "support"),
    _own.switch("priority_support", "support"),
    _own.switch("dedicated_manager", "support"),
    _own.switch("webhooks_out", "integrations"),
    _own.switch("erp_connector", "integrations"),
    _own.switch("custom_domain", "branding"),
    _own.switch("white_label", "branding"),
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
