"""Where a merchant's bills go."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import Merchant


@dataclass(frozen=True)
class BillingContact:
    """What a bill says of a merchant before it says it itself."""

    name: str
    email: str
    address_line: str | None
    postal_code: str | None
    city: str | None
    country: str


def get_billing_contact(session: Session, merchant_id: int) -> BillingContact:
    """Return the contact of a merchant."""
    row = session.execute(
        select(
            Merchant.name,
            Merchant.contact_email,
            Merchant.address_line,
            Merchant.postal_code,
            Merchant.city,
            Merchant.country,
        ).where(Merchant.id == merchant_id)
    ).one()
    return BillingContact(*row)
