"""The sandbox's pages in a real browser: accessible, within the screen, nothing from elsewhere."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.integration.sandbox.world import World

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"


def addresses(world: World) -> dict[str, str]:
    """Every page of the sandbox, with something to show."""
    v1 = world.v1
    features = {
        "customer_update": {"enabled": True, "allowed_updates": ["name", "address", "tax_id"]},
        "invoice_history": {"enabled": True},
        "payment_method_update": {"enabled": True},
        "subscription_cancel": {
            "enabled": True,
            "cancellation_reason": {"enabled": True, "options": ["too_expensive", "other"]},
        },
    }
    v1.billing_portal.configurations.create({"features": features})
    subscription = world.subscribed()
    item = {"customer": subscription.customer, "amount": 500, "currency": "eur"}
    v1.invoice_items.create(item)
    waiting = v1.invoices.create(
        {"customer": subscription.customer, "pending_invoice_items_behavior": "include"}
    )
    owed = v1.invoices.finalize_invoice(waiting.id)
    session = {
        "mode": "subscription",
        "line_items": [{"price": world.price(9900), "quantity": 1}],
        "success_url": "https://shop.test/",
        "cancel_url": "https://shop.test/",
        "automatic_tax": {"enabled": True},
        "tax_id_collection": {"enabled": True},
        "allow_promotion_codes": True,
    }
    trial = {"subscription_data": {"trial_period_days": 9}}
    portal = v1.billing_portal.sessions.create({"customer": subscription.customer}).url
    event = v1.events.list({"limit": 1}).data[0].id
    own = world.running.url
    return {
        "checkout": v1.checkout.sessions.create(session).url,
        "checkout with trial": v1.checkout.sessions.create(session | trial).url,
        "portal": portal,
        "portal card": f"{portal}/card",
        "portal details": f"{portal}/details",
        "portal cancel": f"{portal}/cancel?subscription={subscription.id}",
        "paid invoice": v1.invoices.retrieve(subscription.latest_invoice).hosted_invoice_url,
        "open invoice": owed.hosted_invoice_url,
        "own page": own,
        "subscriptions": f"{own}/list/subscriptions",
        "event": f"{own}/objects/{event}",
        "gone": f"{own}/i/nothing",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_is_accessible_and_fits(
    world: World, chromium: Browser, width: int, theme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True
    )
    elsewhere = watch(context, world)
    page = context.new_page()
    found = []
    for name, address in addresses(world).items():
        page.goto(address + ("&" if "?" in address else "?") + "lang=de")
        found += [f"{name}: {problem}" for problem in problems_of(page, width)]
        if name == "checkout":
            page.get_by_role("button", name="bezahlen").click()
            found += [f"its errors: {problem}" for problem in problems_of(page, width)]
    context.close()
    assert found == []
    assert elsewhere == []


def problems_of(page: Page, width: int) -> list[str]:
    """What axe objects to, and whether the page scrolls sideways."""
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run().then((result) => result.violations)")
    found = [f"{each['id']} at {each['nodes'][0]['html'][:100]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("scrolls sideways")
    return found


def watch(context: BrowserContext, world: World) -> list[str]:
    """Addresses beyond the sandbox that a page asks for; none may be reached."""
    asked: list[str] = []

    def keep(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(world.running.url), keep)
    return asked


def test_a_person_pays_with_the_keyboard_alone(world: World, chromium: Browser) -> None:
    session = world.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": world.customer(card=None),
            "line_items": [{"price": world.price(2900), "quantity": 1}],
            "success_url": f"{world.running.url}/?paid",
        }
    )
    page = chromium.new_page()
    page.goto(session.url)
    page.get_by_label("Card number").focus()
    page.keyboard.type("4242 4242 4242 4242")
    page.keyboard.press("Tab")
    page.keyboard.type("12/34")
    page.keyboard.press("Tab")
    page.keyboard.type("123")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?paid")
    page.close()
    assert world.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
