"""Which texts are names that can be registered (D30)."""

import pytest

from app.modules.billing.services.addons.domain_names import (
    DomainName,
    Unfit,
    read_domain_name,
    shown_domain,
)


@pytest.mark.parametrize(
    ("typed", "ascii_name", "shown"),
    [
        ("example.lu", "example.lu", "example.lu"),
        ("  EXAMPLE.lu ", "example.lu", "example.lu"),
        ("example.lu.", "example.lu", "example.lu"),
        ("example.co.uk", "example.co.uk", "example.co.uk"),
        ("Käse.lu", "xn--kse-qla.lu", "käse.lu"),
        ("straße.de", "xn--strae-oqa.de", "straße.de"),
        ("xn--kse-qla.lu", "xn--kse-qla.lu", "käse.lu"),
        ("köln.中国", "xn--kln-sna.xn--fiqs8s", "köln.中国"),
        ("a" * 63 + ".lu", "a" * 63 + ".lu", "a" * 63 + ".lu"),
    ],
)
def test_reads_names_by_idna_2008_in_lower_case(typed: str, ascii_name: str, shown: str) -> None:
    assert read_domain_name(typed) == DomainName(ascii_name, shown)
    assert shown_domain(ascii_name) == shown


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Unfit.EMPTY),
        ("   ", Unfit.EMPTY),
        (".", Unfit.EMPTY),
        ("https://example.lu", Unfit.SCHEME_OR_PATH),
        ("example.lu/shop", Unfit.SCHEME_OR_PATH),
        ("me@example.lu", Unfit.SCHEME_OR_PATH),
        ("exam ple.lu", Unfit.SCHEME_OR_PATH),
        ("a" * 64 + ".lu", Unfit.TOO_LONG),
        ("a" * 300, Unfit.TOO_LONG),
        ("😀.lu", Unfit.CHARACTERS),
        ("☕.lu", Unfit.CHARACTERS),
        ("ex_ample.lu", Unfit.CHARACTERS),
        ("-example.lu", Unfit.CHARACTERS),
        ("example..lu", Unfit.CHARACTERS),
        ("\u200b.lu", Unfit.CHARACTERS),
        ("a\x00.lu", Unfit.CHARACTERS),
        ("xn--a.de", Unfit.CHARACTERS),
        ("example.nosuchending", Unfit.SUFFIX_UNKNOWN),
        ("localhost", Unfit.SUFFIX_UNKNOWN),
        ("127.0.0.1", Unfit.SUFFIX_UNKNOWN),
        ("lu", Unfit.SUFFIX_ALONE),
        ("co.uk", Unfit.SUFFIX_ALONE),
        ("www.example.lu", Unfit.SUBDOMAIN),
        ("shop.github.io", Unfit.SUBDOMAIN),
    ],
)
def test_says_why_a_text_is_no_name(typed: str, reason: Unfit) -> None:
    assert read_domain_name(typed) is reason
