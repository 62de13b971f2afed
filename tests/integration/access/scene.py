"""Two tenants with everybody in them, signed in; what is asked for belongs to the first."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import Database, UnitOfWork, configure_database, unit_of_work
from app.kit.mail.kept import KeptMail
from app.modules.billing.models import (
    AddOnProduct,
    AddOnStatus,
    BillingHistory,
    CheckoutIntent,
    EventStatus,
    Purpose,
    StoreAddOn,
    StripeWebhookEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.modules.catalog.models import Product
from app.modules.orders.models import Order, OrderSource
from app.modules.tenancy.models import (
    MemberRole,
    MemberStatus,
    Platform,
    StoreUser,
    User,
    UserSession,
    UserType,
)
from app.modules.tenancy.services.secrets import hash_secret
from app.modules.tenancy.services.tokens import SCOPES, TokenDraft, add_token
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.media import a_media_file, original_key
from tests.factories.tenancy import AShop, a_member, a_platform_admin, a_shop, a_super_admin, a_user
from tests.integration.access.rows import contents
from tests.integration.browser import Visitor

INVITATION = "invitation-of-somebody-new"
CHECKOUT = "cs_test_begun"


@dataclass(frozen=True)
class Pass:
    """What a visitor carries: the cookies and CSRF token of a browser, or a bearer token."""

    cookies: Mapping[str, str] = field(default_factory=dict)
    csrf_token: str | None = None
    bearer: str | None = None

    def visitor(self, web_app: FastAPI) -> Visitor:
        """Open a fresh browser, or program, with this pass."""
        client = TestClient(web_app, cookies=dict(self.cookies), raise_server_exceptions=False)
        visitor = Visitor(client, self.bearer)
        visitor.csrf_token = self.csrf_token
        return visitor


@dataclass(frozen=True)
class Scene:
    """A database file with two tenants, a pass for everybody, and the ids of the first tenant."""

    file: Path
    passes: Mapping[str, Pass]
    names: Mapping[str, str | int]
    rows: Mapping[str, list[str]]

    @contextmanager
    def opened(self, folder: Path, *, fresh: bool = False) -> Iterator[Database]:
        """Make a copy of the scene the process's database: a new one, or that of the folder."""
        path = folder / (f"{uuid4().hex}.sqlite3" if fresh else "kept.sqlite3")
        if fresh or not path.exists():
            shutil.copy(self.file, path)
        database = Database(f"sqlite:///{path}")
        configure_database(database)
        yield database
        database.dispose()


def build_scene(web_app: FastAPI, file: Path) -> Scene:
    """Fill the file, which has all tables and no rows."""
    database = Database(f"sqlite:///{file}")
    configure_database(database)
    own, foreign = a_shop(code="ownstore"), a_shop(code="foreignstore")
    shipped_tiers(own.platform_id)
    a_subscription(Owner(own.merchant_id, own.platform_id))
    passes = _people(web_app, own, foreign) | _programs(own)
    names = _names(own)
    rows = contents(database)
    database.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # copies take the one file alone
    return Scene(file, {"nobody": Pass(), **passes}, names, rows)


def _people(web_app: FastAPI, own: AShop, foreign: AShop) -> dict[str, Pass]:
    emails = {"super": a_super_admin()}
    for mark, shop in (("", own), ("'", foreign)):
        emails[f"admin{mark}"] = a_platform_admin(shop.platform_id)
        emails[f"owner{mark}"] = shop.owner_email
        emails[f"manager{mark}"] = a_member(shop, MemberRole.MANAGER)
        emails[f"staff{mark}"] = a_member(shop, MemberRole.STAFF)
    passes = {name: _signed_in(web_app, email) for name, email in emails.items()}
    return passes | {"viewer": _viewing(web_app, own)}


def _viewing(web_app: FastAPI, own: AShop) -> Pass:
    """A super admin who looks as the owner does."""
    visitor = Visitor(TestClient(web_app)).sign_in("root@example.test")
    assert visitor.post(f"/api/v1/admin/merchants/{own.merchant_id}/view").status_code == 200
    return Pass(dict(visitor.client.cookies), visitor.csrf_token)


def _signed_in(web_app: FastAPI, email: str) -> Pass:
    visitor = Visitor(TestClient(web_app)).sign_in(email)
    return Pass(dict(visitor.client.cookies), visitor.csrf_token)


def _programs(own: AShop) -> dict[str, Pass]:
    root = _user_id("root@example.test")
    return {
        "token": _token(SCOPES, user_id=own.owner_id),
        "narrow": _token(("media:write",), user_id=own.owner_id),
        "reader": _token(("admin:read",), user_id=root),
        "platform": _token(("read", "orders:inbound"), platform_id=own.platform_id),
    }


def _token(
    scopes: tuple[str, ...], *, user_id: int | None = None, platform_id: int | None = None
) -> Pass:
    with unit_of_work() as work:
        draft = TokenDraft("program", scopes)
        _, secret = add_token(
            work, draft, user_id=user_id, platform_id=platform_id, created_by=user_id or 0
        )
    return Pass(bearer=secret)


def _names(own: AShop) -> dict[str, str | int]:
    """What fills the addresses and bodies of the table."""
    invited_id, _ = a_user("invited@example.test", user_type=UserType.MEMBER)
    media_id, served = a_media_file(own), a_media_file(own)
    media_key = original_key(served)
    products = [_product(own), _product(own, deleted_at=business_now())]
    order = _order(own)
    mail = KeptMail(
        to="a@example.test", subject="s", text="t", html="h", locale="en", created_at=business_now()
    )
    with unit_of_work() as work:
        invited = StoreUser(
            merchant_id=own.merchant_id,
            platform_id=own.platform_id,
            store_id=own.store_id,
            user_id=invited_id,
            role=MemberRole.STAFF,
            status=MemberStatus.INVITED,
            invitation_hash=hash_secret(INVITATION),
            invitation_expires_at=business_now() + timedelta(days=14),
            created_at=business_now(),
        )
        invoice, checkout = _invoice(own), _checkout(own)
        webhook, addon = _webhook(own), _addon(work, own)
        work.session.add_all([invited, order, mail, invoice, checkout, webhook, addon, *products])
        work.session.flush()
        delivery = _webhook_delivery(work, own)
        own_token, _ = add_token(
            work, TokenDraft("mine", ("read",)), user_id=own.owner_id, created_by=own.owner_id
        )
        sessions = select(UserSession.id).where(UserSession.user_id == own.owner_id)
        return {
            "platform_id": own.platform_id,
            "platform_code": work.session.get_one(Platform, own.platform_id).code,
            "merchant_id": own.merchant_id,
            "store_id": own.store_id,
            "store_code": own.store_code,
            "user_id": own.owner_id,
            "member_id": invited.id,
            "media_id": media_id,
            "media_key": media_key,
            "product_id": products[0].id,
            "deleted_id": products[1].id,
            "order_id": order.id,
            "mail_id": mail.id,
            "job_name": "kit.clean_up",
            "metric": "products",
            "event_id": webhook.id,
            "token_id": own_token.id,
            "invoice_id": invoice.id,
            "addon_id": addon.id,
            "endpoint_id": delivery.endpoint_id,
            "delivery_id": delivery.id,
            "addon_product_id": addon.addon_product_id,
            "checkout_session_id": CHECKOUT,
            "session_id": work.session.scalars(sessions).one(),
            "token": INVITATION,
            "tier_code": "essential",
            "unused_tier": "business",
            "feature_code": "max_products",
        }


def _product(own: AShop, *, deleted_at: datetime | None = None) -> Product:
    now = business_now()
    return Product(
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
        store_id=own.store_id,
        name="Plate",
        sku="PLATE" if deleted_at is None else "BOWL",
        price_cents=900,
        currency="EUR",
        created_at=now,
        updated_at=now,
        deleted_at=deleted_at,
    )


def _order(own: AShop) -> Order:
    return Order(
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
        store_id=own.store_id,
        number=99,
        source=OrderSource.MANUAL,
        customer_name="Anna",
        customer_email="",
        lines=[],
        total_cents=0,
        currency="EUR",
        created_at=business_now(),
    )


def _webhook_delivery(work: UnitOfWork, own: AShop) -> WebhookDelivery:
    tenant = {"merchant_id": own.merchant_id, "platform_id": own.platform_id}
    endpoint = WebhookEndpoint(
        **tenant,
        store_id=own.store_id,
        url="https://hooks.example.com/own",
        events=["invoice.paid"],
        secret_seed="seed",
        created_at=business_now(),
    )
    work.session.add(endpoint)
    work.session.flush()
    delivery = WebhookDelivery(
        **tenant,
        endpoint_id=endpoint.id,
        event_id="msg_1",
        event_key="invoice.paid:in_1",
        event_type="invoice.paid",
        body="{}",
        created_at=business_now(),
    )
    work.session.add(delivery)
    work.session.flush()
    return delivery


def _webhook(own: AShop) -> StripeWebhookEvent:
    return StripeWebhookEvent(
        event_id="evt_1",
        event_type="customer.updated",
        stripe_created_at=business_now(),
        received_at=business_now(),
        status=EventStatus.PROCESSED,
        payload={"id": "evt_1"},
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
    )


def _user_id(email: str) -> int:
    with unit_of_work(read_only=True) as work:
        return work.session.scalars(select(User.id).where(User.email == email)).one()


def _invoice(own: AShop) -> BillingHistory:
    now = business_now()
    return BillingHistory(
        stripe_invoice_id="in_test_paid",
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
        invoice_date=now,
        subtotal_cents=4900,
        total_cents=4900,
        currency="EUR",
        status="paid",
        created_at=now,
    )


def _checkout(own: AShop) -> CheckoutIntent:
    now = business_now()
    return CheckoutIntent(
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
        store_id=own.store_id,
        purpose=Purpose.PLAN,
        subject="plan",
        session_id=CHECKOUT,
        expires_at=now,
        created_at=now,
        created_by="user:1",
    )


def _addon(work: UnitOfWork, own: AShop) -> StoreAddOn:
    pack = select(AddOnProduct.id).where(
        AddOnProduct.platform_id == own.platform_id, AddOnProduct.code == "email_5"
    )
    return StoreAddOn(
        merchant_id=own.merchant_id,
        platform_id=own.platform_id,
        store_id=own.store_id,
        addon_product_id=work.session.scalars(pack).one(),
        stripe_subscription_id="sub_test_addon",
        status=AddOnStatus.ACTIVE,
        currency="EUR",
        purchased_at=business_now(),
    )
