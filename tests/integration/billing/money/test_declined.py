"""What a reader is told of a payment that failed."""

from datetime import timedelta

from tests.integration.billing.money.world import BILLING, World

A_MONTH_AND_MORE = timedelta(days=31, hours=2)


def test_says_why_a_payment_failed_in_the_readers_language(world: World) -> None:
    world.subscribe("essential")
    world.advance(A_MONTH_AND_MORE)
    world.change_card("pm_card_chargeCustomerFail")
    world.advance(A_MONTH_AND_MORE)
    assert world.row().last_payment_error == "generic_decline"
    assert world.owner.patch("/api/v1/auth/me", {"locale": "lb"}).status_code == 200
    plan = world.owner.get(f"{BILLING}/subscription").json()
    assert plan["last_payment_error"] == "D’Bank huet d’Bezuelung refuséiert."
