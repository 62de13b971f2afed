"""An owner of whom much is known, next to people who are nearly called the same."""

from datetime import timedelta
from typing import Any

from app.kit import outbox
from app.kit.clocks import business_now, system_now
from app.kit.db import unit_of_work
from app.kit.http.idempotency import IdempotencyRecord
from app.kit.jobs.models import JobSlot
from app.kit.mail import KeptMail
from app.kit.models import Base
from app.modules.billing.models import (
    BillingHistory,
    MerchantFeatureOverride,
    OperatorAlert,
    StripeReconciliation,
    StripeSync,
    StripeWebhookEvent,
    SubscriptionStatus,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.catalog.models import Product
from app.modules.core.public import AuditTarget, record_audit
from app.modules.media.models import MediaFile
from app.modules.orders.models import Order
from app.modules.tenancy.models import (
    ApiToken,
    LinkPurpose,
    Merchant,
    OneTimeLink,
    Store,
    User,
    UserSession,
)
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop

EMAIL, NAME = "zoe.weber@example.test", "Zoé Weber"
OTHER_EMAIL, OTHER_NAME = "joe-zoe.weber@example.test", "Zoé Weberlein"
_LATER = timedelta(days=1)


def a_known_owner(status: SubscriptionStatus = SubscriptionStatus.CANCELLED) -> AShop:
    """Add the owner with all that modules know; the shop's own address is `EMAIL`."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    subscription_id = a_subscription(shop.owner, status=status)
    with unit_of_work() as work:
        user = work.session.get_one(User, shop.owner_id)
        user.email, user.display_name = EMAIL, NAME
        merchant = work.session.get_one(Merchant, shop.merchant_id)
        merchant.name, merchant.contact_email = f"{NAME} Wines", EMAIL
        merchant.contact_phone, merchant.address_line = "+352 1", f"c/o {NAME}"
        work.session.get_one(Store, shop.store_id).name = f"Chez {NAME}"
        rows = user_rows(shop) + machinery_rows() + billing_rows(shop) + shop_rows(shop)
        work.session.add_all(rows)
        work.session.flush()
        endpoint = next(row for row in rows if isinstance(row, WebhookEndpoint))
        work.session.add(a_delivery(shop, endpoint.id))
        changes = {"reason": f"{NAME} moved", "note": EMAIL}
        target = AuditTarget("subscription", subscription_id, merchant_id=shop.merchant_id)
        actor = f"user:{shop.owner_id}"
        record_audit(work, actor, action="subscription.cancelled", target=target, after=changes)
        mail = {"to": EMAIL, "template": "x", "context": {"name": NAME}}
        outbox.put(work, "mail", mail, dedupe_key=f"welcome:{EMAIL}")
        invited = {"to": OTHER_EMAIL, "template": "x", "context": {"by": NAME}}
        outbox.put(work, "mail", invited, dedupe_key=f"invited:{OTHER_EMAIL}:{EMAIL}")
    return shop


def user_rows(shop: AShop) -> list[Base]:
    """Ways in: a session, a token and a link."""
    now = system_now()
    return [
        UserSession(
            token_hash="s",
            user_id=shop.owner_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + _LATER,
            user_agent=f"Phone of {NAME}",
        ),
        ApiToken(
            token_hash="t",
            name=f"{NAME}’s laptop",
            hint="x",
            user_id=shop.owner_id,
            scopes=[],
            created_at=now,
        ),
        OneTimeLink(
            token_hash="l",
            user_id=shop.owner_id,
            purpose=LinkPurpose.VERIFY_EMAIL,
            created_at=now,
            expires_at=now + _LATER,
        ),
    ]


def machinery_rows() -> list[Base]:
    """Mails to, about and not about the person, an answer kept for repetition, a job's error."""
    now = system_now()
    return [
        _mail(EMAIL, "Welcome"),
        _mail("boss@example.test", f"{NAME} has joined"),
        _mail(OTHER_EMAIL, f"Welcome, {OTHER_NAME}"),
        IdempotencyRecord(
            scope_hash="i", body_hash="i", started_at=now, status=201, body=f'{{"email":"{EMAIL}"}}'
        ),
        JobSlot(
            name="a.job",
            slot=now,
            status="failed",
            available_at=now,
            error=f"no mail to {EMAIL.upper()}.",
        ),
    ]


def billing_rows(shop: AShop) -> list[Base]:
    """Bills, Stripe's events, an exception, an alert, an address for webhooks."""
    now, mine = business_now(), shop.owner._asdict()
    invoice = {"customer_email": EMAIL, "customer_name": NAME}
    endpoint = WebhookEndpoint(
        **mine,
        store_id=shop.store_id,
        url="https://hook.example.test/?for=zoe.weber%40example.test",
        events=[],
        secret_seed="x",
        created_at=now,
    )
    return [
        BillingHistory(
            **mine,
            invoice_date=now,
            subtotal_cents=1000,
            total_cents=1000,
            currency="EUR",
            status="paid",
            buyer_name=NAME,
            buyer_address={"email": EMAIL},
            created_at=now,
        ),
        _event("evt_1", status="processed", payload=invoice, merchant_id=shop.merchant_id),
        _event("evt_2", status="dead", payload=invoice),
        _event("evt_3", status="processed", payload={"customer_email": OTHER_EMAIL}),
        MerchantFeatureOverride(
            **mine,
            feature_code="max_products",
            reason=f"Promised to {NAME} ({EMAIL})",
            created_by="user:1",
            created_at=now,
        ),
        OperatorAlert(kind="k", key=f"mail:{EMAIL}", details={"who": [NAME]}, created_at=now),
        StripeReconciliation(started_at=now, drift=[{"customer": NAME}]),
        StripeSync(
            stripe_subscription_id="sub_1",
            wanted=1,
            available_at=now,
            last_error=f"refused for {EMAIL}",
        ),
        endpoint,
    ]


def a_delivery(shop: AShop, endpoint_id: int) -> WebhookDelivery:
    """A webhook to a shop's own program, whose body is JSON that is kept as text."""
    return WebhookDelivery(
        **shop.owner._asdict(),
        endpoint_id=endpoint_id,
        event_id="e",
        event_key="e",
        event_type="subscription.updated",
        body='{"owner":"Zo\\u00e9 Weber","text":"Dear\\nZoé Weber"}',
        created_at=business_now(),
    )


def shop_rows(shop: AShop) -> list[Base]:
    """What the shop sells, shows and sold."""
    now = business_now()
    here: dict[str, Any] = {**shop.owner._asdict(), "store_id": shop.store_id, "created_at": now}
    return [
        Product(
            **here,
            name="Riesling",
            sku="r",
            description=f"Picked by {NAME}",
            price_cents=1,
            currency="EUR",
            updated_at=now,
        ),
        MediaFile(**here, name=f"{NAME}.jpg", kind="image/jpeg", content_hash="h", byte_size=1),
        _order(here, 1, name=NAME, email=EMAIL.title()),
        _order(here, 2, name=OTHER_NAME, email=OTHER_EMAIL),
    ]


def _mail(to: str, subject: str) -> KeptMail:
    texts = {"subject": subject, "text": subject, "html": f"<p>{subject}</p>"}
    return KeptMail(to=to, locale="en", created_at=business_now(), **texts)


def _event(event_id: str, **values: Any) -> StripeWebhookEvent:
    now = business_now()
    return StripeWebhookEvent(
        event_id=event_id,
        event_type="invoice.paid",
        stripe_created_at=now,
        received_at=now,
        **values,
    )


def _order(here: dict[str, Any], number: int, *, name: str, email: str) -> Order:
    return Order(
        **here,
        number=number,
        source="manual",
        customer_name=name,
        customer_email=email,
        lines=[{"name": "Box", "note": f"for {name}"}],
        total_cents=1,
        currency="EUR",
        status="new",
        accepted_while_restricted=False,
    )
