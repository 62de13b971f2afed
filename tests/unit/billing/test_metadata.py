"""What we write on Stripe's objects is read again, and nothing else is (S12)."""

import pytest

from app.contracts.tenants import Owner
from app.modules.billing.gateways.metadata import (
    Reference,
    addon_metadata,
    plan_metadata,
    read_metadata,
)
from app.modules.billing.models import Purpose

OWNER = Owner(7, 3)


def test_reads_what_it_wrote_on_a_plan() -> None:
    written = plan_metadata(OWNER, 11, "business")
    assert read_metadata(written) == Reference(OWNER, 11, Purpose.PLAN, "business")


def test_reads_what_it_wrote_on_an_addon() -> None:
    written = addon_metadata(OWNER, 11, "domain", domain_name="shop.test")
    assert read_metadata(written) == Reference(OWNER, 11, Purpose.ADDON, "domain", "shop.test")


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"order": "12"},
        {"tierline_merchant": "7"},
        {"tierline_merchant": "seven", "tierline_platform": "3"},
        {"tierline_merchant": "-7", "tierline_platform": "3"},
        {"tierline_merchant": "٧", "tierline_platform": "3"},
        {"tierline_merchant": "9" * 30, "tierline_platform": "3"},
        {"tierline_merchant": "7", "tierline_platform": "3", "tierline_purpose": "gift"},
    ],
)
def test_takes_nothing_else_for_ours(mapping: dict[str, str]) -> None:
    assert read_metadata(mapping) is None
