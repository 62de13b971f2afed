"""Mails from the transaction that causes them to a real SMTP server, or to the table."""

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import select

from app.kit import clocks, i18n, mail, templating
from app.kit.clocks import Clocks, SettableClock, configure_clocks
from app.kit.db import unit_of_work
from app.kit.errors import InvalidInput
from app.kit.mail import KeptMail, SmtpServer, mail_handler, smtp
from app.kit.mail.smtp import InsecureServer
from app.kit.outbox import OutboxDelivery, OutboxHandler
from app.kit.outbox.models import OutboxRow
from app.kit.static_files import StaticFiles
from app.kit.templating import Templates

START = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
SECRET = "hLx3b0yWn8vQ2kTz5mRc7sAe"
TEXT = """{{ subject_start }} {{ name }}, {{ ends_on|date }}

{{ locale }}: {{ base_url }}/invite/{{ secret }}
"""
HTML = """<h1>{{ subject }}</h1><a href="{{ base_url }}/invite/{{ secret }}">{{ name }}</a>"""
CONTEXT: dict[str, Any] = {
    "subject_start": "Willkommen",
    "name": "Anna & <b>Söhne</b>",
    "secret": SECRET,
    "ends_on": date(2026, 6, 1),
}

pytestmark = pytest.mark.usefixtures("database")


@dataclass
class Inbox:
    """What a mail server was given, and how it behaves."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answer_to_recipient: str | None = None
    answer_to_content: str | None = None
    users: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the name is the protocol's
        self,
        _server: object,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.answer_to_recipient is not None:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name is the protocol's
        self, _server: object, _session: Session, envelope: Envelope
    ) -> str:
        if self.answer_to_content is not None:
            return self.answer_to_content
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=SMTP))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    def authenticate(
        self,
        _server: object,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        given: Any,
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        good = self.users.get(given.login.decode()) == given.password.decode()
        return AuthResult(success=good, handled=False)


@pytest.fixture
def inbox(unused_port: int) -> Iterator[Inbox]:
    """A real SMTP server on a free port of this machine."""
    inbox = Inbox(port=unused_port)
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=unused_port,
        authenticator=inbox.authenticate,
        auth_require_tls=False,
    )
    server.start()
    yield inbox
    server.stop()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SettableClock:
    clock = SettableClock(START)
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=clock))
    return clock


@pytest.fixture(autouse=True)
def welcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One mail's templates."""
    (tmp_path / "welcome.txt").write_text(TEXT)
    (tmp_path / "welcome.html").write_text(HTML)
    templates = Templates([tmp_path], StaticFiles(tmp_path, {}))
    monkeypatch.setattr(templating, "_templates", templates)


def handler(*, server: SmtpServer | None = None, readable_links: bool = False) -> OutboxHandler:
    return mail_handler(
        base_url="https://shop.test",
        sender="Tierline <no-reply@shop.test>",
        server=server,
        readable_links=readable_links,
    )


def write(to: str = "anna@shop.test", locale: str = "de", **changes: Any) -> None:
    with unit_of_work() as work:
        mail.send(work, to, "welcome", CONTEXT | changes, locale)


def deliver(given: OutboxHandler) -> OutboxRow:
    OutboxDelivery({mail.KIND: given}).deliver_due()
    with unit_of_work() as work:
        return work.session.scalars(select(OutboxRow)).one()


def kept() -> KeptMail:
    with unit_of_work() as work:
        return work.session.scalars(select(KeptMail)).one()


def server_of(inbox: Inbox, login: str = "") -> SmtpServer:
    return SmtpServer.from_url(f"smtp://{login}127.0.0.1:{inbox.port}")


def test_sends_text_and_html_in_the_readers_language(inbox: Inbox) -> None:
    write()
    row = deliver(handler(server=server_of(inbox)))
    assert row.status == "delivered"
    (message,) = inbox.mails
    assert inbox.recipients == [["anna@shop.test"]]
    assert message["Subject"] == "Willkommen Anna & <b>Söhne</b>, 1. Juni 2026"
    assert message["From"] == "Tierline <no-reply@shop.test>"
    assert message["Message-ID"] == f"<20260504083000.{row.id}@shop.test>"
    text, html = (part.get_content() for part in message.iter_parts())
    assert text == f"de: https://shop.test/invite/{SECRET}\r\n"
    assert html == (
        "<h1>Willkommen Anna &amp; &lt;b&gt;Söhne&lt;/b&gt;, 1. Juni 2026</h1>"
        f'<a href="https://shop.test/invite/{SECRET}">Anna &amp; &lt;b&gt;Söhne&lt;/b&gt;</a>\r\n'
    )
    assert i18n.current_locale() == "en"  # the language of one mail stays with that mail


def test_keeps_no_secret_in_the_outbox_after_delivery(inbox: Inbox) -> None:
    write()
    assert deliver(handler(server=server_of(inbox))).payload == {}


def test_keeps_mails_with_masked_links_where_no_server_is_set() -> None:
    write()
    row = deliver(handler())
    assert (row.status, row.payload) == ("delivered", {})
    found = kept()
    assert (found.to, found.locale, found.created_at) == ("anna@shop.test", "de", START)
    assert found.subject == "Willkommen Anna & <b>Söhne</b>, 1. Juni 2026"
    assert found.text == "de: https://shop.test/invite/•••\n"
    assert 'href="https://shop.test/invite/•••"' in found.html
    assert SECRET not in found.text + found.html + found.subject


def test_keeps_readable_links_where_the_setting_says_so() -> None:
    write()
    deliver(handler(readable_links=True))
    assert kept().text == f"de: https://shop.test/invite/{SECRET}\n"


def test_dates_a_mail_by_the_moment_of_writing(clock: SettableClock) -> None:
    write()
    clock.advance(timedelta(hours=5))
    deliver(handler())
    assert kept().created_at == START


def test_renders_instants_and_plain_values_as_they_were_given(tmp_path: Path) -> None:
    (tmp_path / "welcome.txt").write_text("{{ at|datetime }} {{ count + 1 }} {{ items[0] }}\n")
    write("anna@shop.test", "fr", at=START, count=2, items=["x"])
    deliver(handler())
    assert kept().subject == "4 mai 2026, 10:30 3 x"


def test_sends_nothing_for_a_transaction_that_fails(inbox: Inbox) -> None:
    def write_and_fail() -> None:
        with unit_of_work() as work:
            mail.send(work, "anna@shop.test", "welcome", CONTEXT, "de")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert OutboxDelivery({mail.KIND: handler(server=server_of(inbox))}).deliver_due() == 0
    assert inbox.mails == []


def test_sends_one_mail_for_one_transition(inbox: Inbox) -> None:
    for _ in range(2):
        with unit_of_work() as work:
            mail.send(work, "anna@shop.test", "welcome", CONTEXT, "de", dedupe_key="trial 7")
    deliver(handler(server=server_of(inbox)))
    assert len(inbox.mails) == 1


@pytest.mark.parametrize(
    "name", ["Eve\nBcc: eve@evil.test", "Eve\r\nBcc: eve@evil.test", "Eve\u2028Bcc: e@evil.test"]
)
def test_keeps_line_breaks_of_a_name_out_of_the_headers(inbox: Inbox, name: str) -> None:
    write(name=name)
    deliver(handler(server=server_of(inbox)))
    (message,) = inbox.mails
    assert "Bcc" not in message
    assert inbox.recipients == [["anna@shop.test"]]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "anna",
        "@shop.test",
        "anna@",
        "anna@shop.test\nBcc: eve@evil.test",
        "anna@shop.test\r\n",
        "anna@shop.test, eve@evil.test",
        "Anna <anna@shop.test>",
        "an na@shop.test",
        "anna@shop.test\x00",
        "anna@shop.test\u2028",
        "anna@\u2603\u200d.test",
    ],
)
def test_refuses_what_is_not_one_address(to: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write(to)
    assert refused.value.errors == (("/email", "email_invalid", {}),)
    with unit_of_work(read_only=True) as work:
        assert work.session.scalars(select(OutboxRow.id)).all() == []


def test_writes_the_name_of_a_domain_as_mail_servers_know_it() -> None:
    write("anna@münchen.test")
    deliver(handler())
    assert kept().to == "anna@xn--mnchen-3ya.test"


def test_signs_in_where_the_server_asks_for_it(inbox: Inbox) -> None:
    inbox.users["bob@shop.test"] = "p:w/1"
    write()
    deliver(handler(server=server_of(inbox, "bob%40shop.test:p%3Aw%2F1@")))
    assert len(inbox.mails) == 1


def test_tries_again_later_when_the_password_is_wrong(inbox: Inbox) -> None:
    write()
    row = deliver(handler(server=server_of(inbox, "bob:wrong@")))
    assert (row.status, inbox.mails) == ("waiting", [])
    assert (row.error or "").startswith("SMTPAuthenticationError")
    assert "wrong" not in (row.error or "")


@pytest.mark.parametrize("moment", ["answer_to_recipient", "answer_to_content"])
@pytest.mark.parametrize(
    ("answer", "status"), [("450 try later", "waiting"), ("550 no such mailbox", "dead")]
)
def test_gives_up_only_what_the_server_refuses_for_good(
    inbox: Inbox, moment: str, answer: str, status: str
) -> None:
    setattr(inbox, moment, answer)
    write()
    row = deliver(handler(server=server_of(inbox)))
    assert (row.status, row.attempts) == (status, 1)
    assert answer.split(maxsplit=1)[1] in (row.error or "")


def test_tries_again_later_when_nobody_answers(unused_port: int) -> None:
    write()
    away = SmtpServer.from_url(f"smtp://127.0.0.1:{unused_port}")
    row = deliver(handler(server=away))
    assert row.status == "waiting"
    assert (row.error or "").startswith("ConnectionRefusedError")


def test_tries_again_later_when_the_server_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_S", 0.05)
    write()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        row = deliver(handler(server=SmtpServer.from_url(f"smtp://127.0.0.1:{port}")))
    assert row.status == "waiting"
    assert "timed out" in (row.error or "")


def test_sends_no_password_where_it_could_be_overheard(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kit.mail.smtp._is_this_machine", lambda _host: False)
    inbox.users["bob"] = "secret"
    server = server_of(inbox, "bob:secret@")
    with pytest.raises(InsecureServer):
        write_and_send(server)
    assert inbox.mails == []


def write_and_send(server: SmtpServer) -> None:
    one = mail.message.Mail("anna@shop.test", "Hi", "Hi\n", "<p>Hi</p>", "en", START)
    server.send(one, sender="no@shop.test", message_id="<1@shop.test>")


def test_sends_without_encryption_where_nothing_secret_is_needed_and_none_is_offered(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kit.mail.smtp._is_this_machine", lambda _host: False)
    write_and_send(server_of(inbox))
    assert len(inbox.mails) == 1


def test_does_not_take_a_plain_server_for_an_encrypted_one(inbox: Inbox) -> None:
    with pytest.raises((OSError, smtplib.SMTPException)):
        write_and_send(SmtpServer.from_url(f"smtps://127.0.0.1:{inbox.port}"))
    assert inbox.mails == []
