"""Secrets leave links, and nothing else changes."""

import pytest

from app.kit.mail.masking import mask_secrets

SECRET = "hLx3b0yWn8vQ2kTz5mRc7sAe"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"Open https://shop.test/invite/{SECRET}.", "Open https://shop.test/invite/•••"),
        (f"https://shop.test/invite/{SECRET}/accept", "https://shop.test/invite/•••/accept"),
        (f"https://shop.test/reset?token={SECRET}&x=1", "https://shop.test/reset?token=•••&x=•••"),
        (f"http://127.0.0.1:8000/verify-email/{SECRET}", "http://127.0.0.1:8000/verify-email/•••"),
        (
            f'<a href="https://a.test/i/{SECRET}">Join</a>',
            '<a href="https://a.test/i/•••">Join</a>',
        ),
        (f"https://a.test/?t={SECRET}", "https://a.test/?t=•••"),
        (
            f"https://a.test/i/{SECRET} and https://a.test/i/{SECRET}",
            "https://a.test/i/••• and https://a.test/i/•••",
        ),
    ],
)
def test_hides_what_makes_a_link_secret(text: str, masked: str) -> None:
    assert mask_secrets(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Your invoice 2026-0001 over 49,00 € is paid.",
        "https://shop.test/store/billing",
        "https://a-very-long-host-name-of-some-merchant.example.test/login",
        f"The word {SECRET} stands in no link.",
    ],
)
def test_leaves_everything_else_alone(text: str) -> None:
    assert mask_secrets(text) == text
