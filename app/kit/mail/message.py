"""A mail as it is put, and as it is rendered in its reader's language at delivery."""

import re
from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any

import idna

from app.kit import outbox, templating
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.i18n import use_locale
from app.kit.mail.masking import mask_secrets

KIND = "mail"
# What nearly all addresses look like; to parse whatever else is allowed takes a hundred times as
# long, which counts where a job writes to thousands.
_PLAIN = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Mail:
    """A rendered mail; `written_at` is business time."""

    to: str
    subject: str
    text: str
    html: str
    locale: str
    written_at: datetime

    def masked(self) -> "Mail":
        """Return it without the secrets of its links."""
        return replace(self, text=mask_secrets(self.text), html=mask_secrets(self.html))


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is rendered; `send` says what its parts are."""

    to: str
    template: str
    context: Mapping[str, Any]
    locale: str
    dedupe_key: str | None = None


def send(
    work: UnitOfWork,
    to: str,
    template: str,
    context: Mapping[str, Any],
    locale: str,
    *,
    dedupe_key: str | None = None,
) -> None:
    """Put a mail into the caller's transaction; it is rendered and leaves after the commit.

    `template` names two files: `<template>.txt`, whose first line is the subject, and
    `<template>.html`. Beside `context` (JSON values, dates and instants) they get `base_url` and
    `subject`, the latter in HTML alone. A second mail with the same `dedupe_key` is ignored.
    Raises InvalidInput for an address that no mail can be sent to.
    """
    send_all(work, [Letter(to, template, context, locale, dedupe_key)])


def send_all(work: UnitOfWork, letters: Sequence[Letter]) -> None:
    """Put mails as `send` does, by one statement. Raises InvalidInput."""
    outbox.put_all(work, KIND, [_draft(letter) for letter in letters])


def render_mail(payload: Mapping[str, Any], *, base_url: str) -> Mail:
    """Render what `send` has put."""
    return copy_context().run(_render, payload, base_url)


def _draft(letter: Letter) -> outbox.Draft:
    payload = {
        "to": _checked_address(letter.to),
        "template": letter.template,
        "context": {name: _frozen(value) for name, value in letter.context.items()},
        "locale": letter.locale,
        "written_at": business_now().isoformat(),
    }
    return outbox.Draft(payload, letter.dedupe_key)


def _render(payload: Mapping[str, Any], base_url: str) -> Mail:
    use_locale(payload["locale"])
    context = {name: _thawed(value) for name, value in payload["context"].items()}
    context["base_url"] = base_url
    first_line, _, text = templating.render(f"{payload['template']}.txt", **context).partition("\n")
    subject = " ".join(first_line.split())
    html = templating.render(f"{payload['template']}.html", subject=subject, **context)
    return Mail(
        to=payload["to"],
        subject=subject,
        text=text.strip() + "\n",
        html=html,
        locale=payload["locale"],
        written_at=datetime.fromisoformat(payload["written_at"]),
    )


def _checked_address(to: str) -> str:
    """One bare address with its domain in ASCII: no line break, second recipient or name."""
    if _PLAIN.fullmatch(to):
        return to
    if not to.isprintable():
        raise InvalidInput.at("/email", "email_invalid")
    try:
        address = Address(addr_spec=to)
        domain = address.domain
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        return Address(username=address.username, domain=ascii_domain).addr_spec
    except (MessageError, ValueError, IndexError) as wrong:
        raise InvalidInput.at("/email", "email_invalid") from wrong


def _frozen(value: Any) -> Any:
    """A value as JSON; dates and instants, which JSON lacks, become an object of one entry."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _thawed(value: Any) -> Any:
    match value:
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
    return value
