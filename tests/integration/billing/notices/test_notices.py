"""What owners and operators are told by mail, once for each cause."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.kit.db import Database, UnitOfWork, unit_of_work
from app.kit.mail import KeptMail, mail_handler
from app.kit.outbox import OutboxDelivery
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.alerts import ALERT_MAIL, alert
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.notices.alert_mail import mail_alert
from app.modules.tenancy.models import Merchant, User, UserType
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_shop, a_user

Mails = Callable[[], list[KeptMail]]


@pytest.fixture
def mails(database: Database) -> Mails:
    """Delivers what waits and returns the mails that were kept, oldest first."""

    def deliver() -> list[KeptMail]:
        handlers = {
            "mail": mail_handler(
                base_url="https://tierline.test",
                sender="a@b.test",
                server=None,
                readable_links=True,
            ),
            ALERT_MAIL: mail_alert,
        }
        OutboxDelivery(handlers).deliver_due()
        with unit_of_work(read_only=True) as work:
            return list(work.session.scalars(select(KeptMail).order_by(KeptMail.id)))

    return deliver


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop(code="weber")
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "professional")
    return shop


def subscription_of(work: UnitOfWork, shop: AShop) -> MerchantSubscription:
    held = MerchantSubscription.merchant_id == shop.merchant_id
    return work.session.scalars(select(MerchantSubscription).where(held)).one()


def tell(shop: AShop, notice: Notice, *, key: str = "in_1", **facts: object) -> None:
    with unit_of_work() as work:
        notify(work, subscription_of(work, shop), notice, key=key, **facts)  # type: ignore[arg-type]


def speaks(shop: AShop, locale: str, name: str = "") -> None:
    with unit_of_work() as work:
        user = work.session.get_one(User, shop.owner_id)
        user.locale, user.display_name = locale, name


def test_a_failed_payment_is_told_in_the_owners_language_with_the_way_to_pay(
    shop: AShop, mails: Mails
) -> None:
    speaks(shop, "de", "Anna Weber")
    tell(
        shop,
        Notice.PAYMENT_FAILED,
        amount_cents=9900,
        next_attempt_at=datetime(2026, 12, 3, 10, tzinfo=UTC),
        access_until=None,
    )
    [mail] = mails()
    assert mail.to == shop.owner_email
    assert mail.subject == "Ihre Zahlung an Platform ist fehlgeschlagen"
    assert mail.text == (
        "Guten Tag Anna Weber,\n\n"
        "Die Zahlung für Ihren Tarif Professional konnte nicht eingezogen werden. Vorerst"
        " funktioniert alles weiter. Bezahlen Sie die Rechnung oder hinterlegen Sie eine andere"
        " Karte, damit das so bleibt.\n\n"
        "Betrag: 99,00\xa0€\n"
        "Nächster Versuch: 3. Dezember 2026\n\n"
        "Jetzt bezahlen: https://tierline.test/store/weber/billing\n\n"
        "Sie erhalten diese E-Mail, weil Ihnen ein Händlerkonto auf Platform gehört.\n"
    )
    assert '<a href="https://tierline.test/store/weber/billing">' in mail.html
    assert '<html lang="de">' in mail.html


def test_a_notice_is_sent_once_for_each_key(shop: AShop, mails: Mails) -> None:
    for key in ("in_1", "in_1", "in_2"):
        tell(shop, Notice.PAYMENT_RECOVERED, key=key)
    assert len(mails()) == 2
    tell(shop, Notice.PAYMENT_RECOVERED, key="in_2")
    assert len(mails()) == 2


def test_what_is_rolled_back_was_not_told(shop: AShop, mails: Mails) -> None:
    def change_and_fail() -> None:
        with unit_of_work() as work:
            notify(work, subscription_of(work, shop), Notice.PLAN_CHANGED, key="1")
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert mails() == []


@pytest.mark.parametrize("locale", ["de", "en", "fr", "lb"])
@pytest.mark.parametrize("notice", list(Notice))
def test_every_notice_has_its_words_in_every_language(
    notice: Notice, locale: str, shop: AShop, mails: Mails
) -> None:
    speaks(shop, locale)
    tell(shop, notice, previous_tier_id=1, addon_name={"de": "Name", "en": "Name"})
    [mail] = mails()
    assert mail.locale == locale
    assert "billing." not in mail.subject + mail.text + mail.html
    assert "{" not in mail.subject + mail.text


@pytest.mark.parametrize(
    ("has_payment_method", "action"), [(True, "View billing"), (False, "Choose a plan")]
)
def test_the_end_of_a_trial_says_what_comes_then(
    has_payment_method: bool, action: str, shop: AShop, mails: Mails
) -> None:
    with unit_of_work() as work:
        row = subscription_of(work, shop)
        row.has_payment_method = has_payment_method
        notify(work, row, Notice.TRIAL_ENDING, key="2026-12-01")
    [mail] = mails()
    assert f"{action}: https://tierline.test/store/weber/billing\n" in mail.text


def test_an_alert_reaches_every_super_admin_once_in_their_language(
    shop: AShop, mails: Mails
) -> None:
    for email, locale, is_active in [
        ("eins@example.test", "de", True),
        ("two@example.test", "en", True),
        ("gone@example.test", "en", False),
    ]:
        a_user(email, user_type=UserType.SUPER_ADMIN, locale=locale, is_active=is_active)
    for _ in range(2):
        with unit_of_work() as work:
            alert(
                work,
                "duplicate_subscription",
                key="sub_2",
                platform_id=shop.platform_id,
                merchant_id=shop.merchant_id,
                stripe_subscription_id="sub_2",
            )
    told = {mail.to: mail for mail in mails()}
    assert {to: mail.subject for to, mail in told.items()} == {
        "eins@example.test": "Ein Händler hat zwei laufende Abonnements bei Stripe",
        "two@example.test": "A merchant has two running subscriptions at Stripe",
    }
    with unit_of_work(read_only=True) as work:
        merchant = work.session.get_one(Merchant, shop.merchant_id).name
    assert f"Merchant: {merchant}\n" in told["two@example.test"].text
    assert "stripe_subscription_id: sub_2\n" in told["two@example.test"].text


def test_lines_of_text_are_set_as_the_language_does(shop: AShop, mails: Mails) -> None:
    with unit_of_work() as work:
        owner = work.session.scalars(select(User).where(User.email == shop.owner_email)).one()
        owner.locale = "fr"
    tell(shop, Notice.SUBSCRIPTION_ENDED, ends_at=datetime(2026, 9, 26, 12, tzinfo=UTC))
    tell(shop, Notice.PAYMENT_RECOVERED, key="in_2")
    with_facts, without = (mail.text for mail in mails())
    space = "\N{NARROW NO-BREAK SPACE}"
    assert f"\n\nFin{space}: 26 septembre 2026\n\nChoisir" in with_facts
    assert f"{space}: https://tierline.test/store/weber/billing\n\n" in without
    assert "\n\n\n" not in with_facts + without
