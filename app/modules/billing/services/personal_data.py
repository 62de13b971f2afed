"""What billing knows of people, and how it forgets them; bills stay (D28)."""

from collections import Counter
from collections.abc import Mapping

from app.contracts.people import Person, Told
from app.kit.db import UnitOfWork
from app.kit.mentions import rows_of, united
from app.modules.billing.exceptions import OwnerSubscribes
from app.modules.billing.models import (
    ClockMove,
    MerchantFeatureOverride,
    MerchantSubscription,
    OperatorAlert,
    StoreAddOn,
    StripeReconciliation,
    StripeSync,
    StripeWebhookEvent,
    SubscriptionChange,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.billing.repositories import personal_rows
from app.modules.core.public import PersonalTexts


class BillingPeople(PersonalTexts):
    """Owners, by their merchants, and whoever Stripe's events and webhooks to others name."""

    def __init__(self) -> None:
        super().__init__(
            MerchantSubscription.cancellation_reason,
            MerchantSubscription.last_payment_error,
            MerchantFeatureOverride.reason,
            StoreAddOn.last_payment_error,
            SubscriptionChange.before,
            SubscriptionChange.after,
            StripeWebhookEvent.payload,
            StripeWebhookEvent.error_message,
            StripeSync.last_error,
            StripeReconciliation.drift,
            OperatorAlert.key,
            OperatorAlert.details,
            WebhookEndpoint.url,
            WebhookDelivery.body,
            WebhookDelivery.error,
            ClockMove.error,
        )

    def tell(self, work: UnitOfWork, person: Person) -> Told:
        """Return subscriptions, bills and purchases of the person's merchants, and mentions."""
        found = {**super().tell(work, person)}
        for query in personal_rows.rows_of_merchants(person.merchant_ids):
            table = query.column_descriptions[0]["entity"].__tablename__
            if rows := rows_of(work.session, query):
                found[table] = united(rows, found.get(table, ()))
        return found

    def check_forgettable(self, work: UnitOfWork, person: Person) -> None:
        """Raise OwnerSubscribes where a merchant of the person has a running subscription."""
        if personal_rows.has_running_subscription(work.session, person.merchant_ids):
            raise OwnerSubscribes

    def forget(self, work: UnitOfWork, person: Person) -> Mapping[str, int]:
        """Empty what the person's merchants wrote and bought; blot the person out of the rest."""
        counts = Counter(personal_rows.empty_rows(work.session, person.merchant_ids))
        counts.update(super().forget(work, person))
        return counts
