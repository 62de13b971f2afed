"""Addresses of mail servers, and messages that no text can break out of."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest

from app.kit.mail.message import Mail
from app.kit.mail.smtp import SmtpServer, compose

MAIL = Mail(
    to="anna@shop.test",
    subject="Rechnung für März – 49,00 €",
    text="Guten Tag\n",
    html="<p>Guten Tag</p>",
    locale="de",
    written_at=datetime(2026, 5, 4, 8, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.test", ("mail.test", 587, None, None, False)),
        ("smtp://mail.test:25", ("mail.test", 25, None, None, False)),
        ("smtps://mail.test", ("mail.test", 465, None, None, True)),
        ("smtp://bob:s3cret@mail.test", ("mail.test", 587, "bob", "s3cret", False)),
        (
            "smtps://b%40x.test:p%3Aw%2F@mail.test:4650",
            ("mail.test", 4650, "b@x.test", "p:w/", True),
        ),
        ("smtp://[::1]:2525", ("::1", 2525, None, None, False)),
    ],
)
def test_reads_the_address_of_a_server(
    url: str, expected: tuple[str, int, str | None, str | None, bool]
) -> None:
    server = SmtpServer.from_url(url)
    read = (server.host, server.port, server.user, server.password, server.tls_at_once)
    assert read == expected


@pytest.mark.parametrize("url", ["", "mail.test", "http://mail.test", "smtp://", "smtp://a:x"])
def test_refuses_what_is_no_address_of_a_server(url: str) -> None:
    with pytest.raises(ValueError, match=r"must be smtp|[Pp]ort"):
        SmtpServer.from_url(url)


def test_shows_its_password_to_nobody() -> None:
    assert "s3cret" not in repr(SmtpServer.from_url("smtp://bob:s3cret@mail.test"))


def test_has_a_text_and_an_html_part() -> None:
    raw = compose(MAIL, sender="Tierline <no@shop.test>", message_id="<1@shop.test>").as_bytes()
    message = message_from_bytes(raw, policy=SMTP)
    assert message["Subject"] == MAIL.subject
    assert message["From"] == "Tierline <no@shop.test>"
    assert message["To"] == "anna@shop.test"
    assert message["Date"] == "Mon, 04 May 2026 08:30:00 +0000"
    assert message["Message-ID"] == "<1@shop.test>"
    assert message["Content-Language"] == "de"
    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    assert parts == {"text/plain": "Guten Tag\r\n", "text/html": "<p>Guten Tag</p>\r\n"}


@pytest.mark.parametrize("field", ["to", "subject"])
@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"])
def test_refuses_a_header_with_a_line_break(field: str, line_break: str) -> None:
    values = {"to": MAIL.to, "subject": MAIL.subject}
    values[field] += f"{line_break}Bcc: eve@evil.test"
    forged = Mail(text=MAIL.text, html=MAIL.html, locale="de", written_at=MAIL.written_at, **values)
    with pytest.raises(ValueError, match=r"linefeed or carriage return|CR or LF"):
        compose(forged, sender="no@shop.test", message_id="<1@shop.test>")
