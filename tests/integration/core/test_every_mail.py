"""Every mail there is, in every language: text and HTML say the same."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from app import modules
from app.kit.mail.message import Mail, render_mail
from app.modules.billing.services.notices import Notice

LOCALES = ("de", "en", "fr", "lb")
BASE = "https://tierline.test"
MODULES = Path(modules.__path__[0])
NAMED = {"name": "Anna Weber", "path": "/there"}
NOTICE = NAMED | {"platform": "Wine", "tier": "Gold", "facts": [("Label", "Value")]}
AT = datetime(2026, 3, 1, 9, tzinfo=UTC).isoformat()
ALERT = {
    "merchant": "Weber & Co",
    "platform": "Wine",
    "details": [("id", "sub_1")],
    "at": {"datetime": AT},
}
INVITED = NAMED | {"inviter": "Luc Weis", "store": "Cave", "merchant": "Weber & Co"}


def alert_kinds() -> list[str]:
    path = MODULES / "billing" / "locales" / "en" / "alerts.po"
    with path.open("rb") as file:
        keys = [str(message.id) for message in read_po(file) if message.id]
    return [
        key.removeprefix("billing.alerts.") for key in keys if key.startswith("billing.alerts.")
    ]


CONTEXTS: dict[str, list[dict[str, Any]]] = {
    "billing/mail/alert": [ALERT | {"kind": kind} for kind in alert_kinds()],
    "billing/mail/notice": [
        NOTICE | {"notice": notice} for notice in (*Notice, "trial_ending_unpaid")
    ],
    "tenancy/mail/email_changed": [{"name": "Anna Weber", "new_email": "anna@new.test"}],
    "tenancy/mail/first_password": [NAMED, NAMED | {"name": ""}],
    "tenancy/mail/invitation": [INVITED | {"role": role} for role in ("manager", "staff")],
    "tenancy/mail/password_changed": [NAMED],
    "tenancy/mail/reset_password": [NAMED],
    "tenancy/mail/verify_email": [NAMED],
}


def templates() -> Iterator[str]:
    for path in MODULES.glob("*/templates/*/mail/*.txt"):
        yield f"{path.parent.parent.name}/mail/{path.stem}"


def rendered(template: str, locale: str) -> Iterator[Mail]:
    for context in CONTEXTS[template]:
        payload = {
            "to": "anna@example.test",
            "template": template,
            "context": context,
            "locale": locale,
            "written_at": AT,
        }
        yield render_mail(payload, base_url=BASE)


def readable(html: str) -> str:
    return re.sub("[ \n]+", " ", unescape(re.sub("<[^>]+>", " ", html)))


def test_there_is_no_other_mail() -> None:
    assert sorted(templates()) == sorted(CONTEXTS)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", CONTEXTS)
def test_it_says_the_same_in_text_and_in_html(template: str, locale: str) -> None:
    for mail in rendered(template, locale):
        html = readable(mail.html)
        assert mail.subject
        assert f'<html lang="{locale}">' in mail.html
        assert not re.search(r"[{}]|\b(billing|tenancy)\.\w", mail.subject + mail.text + html)
        for line in filter(None, mail.text.splitlines()):
            words, _, link = line.replace("\u202f:", ":").partition(f": {BASE}")
            assert all(part in html for part in words.split(": ")), (line, html)
            assert f'href="{BASE}{link}"' in mail.html or not link


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("template", CONTEXTS)
def test_each_language_has_words_of_its_own(template: str) -> None:
    texts = [[mail.text for mail in rendered(template, locale)] for locale in LOCALES]
    assert all(len(set(variant)) == len(LOCALES) for variant in zip(*texts, strict=True))
