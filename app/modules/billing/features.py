"""Features that billing itself declares: entitlements that platforms' own modules ask for."""

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import Enforcement

_own = FeaturesOf("billing")

FEATURES = (
    _own.number("max_email_addresses", enforcement=Enforcement.ADVISORY),
    _own.switch("basic_support", "support"),
    _own.switch("priority_support", "support"),
    _own.switch("dedicated_manager", "support"),
    _own.switch("webhooks_out", "integrations"),
    _own.switch("erp_connector", "integrations"),
    _own.switch("custom_domain", "branding"),
    _own.switch("white_label", "branding"),
)


class BillingFeatures(DeclaredFeatures):
    """Mailboxes are kept by the operator's mail system, which this product does not count."""
