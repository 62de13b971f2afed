"""The sandbox at another port: links of objects follow, and one endpoint stays the same."""

from pathlib import Path

from sandbox.serve import start_in_thread
from sandbox.server import Sandbox, Settings
from tests.integration.sandbox.world import NOW, World, a_world, sdk


def kept(path: Path) -> Settings:
    return Settings(path=str(path), seed="moves", system=lambda: float(NOW))


def test_links_lead_to_where_the_pages_are_now(tmp_path: Path) -> None:
    settings = kept(tmp_path / "sandbox.sqlite3")
    with a_world(settings) as world:
        before = world.running.url
        invoice = world.subscribed().latest_invoice
        session = a_session(world)
        bill = world.v1.invoices.retrieve(invoice)
        pdf = bill.invoice_pdf
        assert pdf.startswith(f"{before}/i/")
    running = start_in_thread(settings)
    try:
        with sdk(running.url) as v1:
            assert v1.invoices.retrieve(invoice).invoice_pdf == pdf.replace(before, running.url)
            url = v1.checkout.sessions.retrieve(session).url
            assert url == f"{running.url}/c/pay/{session}"
    finally:
        running.stop()
    assert running.url != before


def a_session(world: World) -> str:
    line = {"price": world.price(), "quantity": 1}
    given = {"mode": "subscription", "line_items": [line], "success_url": "https://shop.test/"}
    return str(world.v1.checkout.sessions.create(given).id)


def test_the_endpoint_of_the_command_line_is_always_the_same(tmp_path: Path) -> None:
    settings = kept(tmp_path / "sandbox.sqlite3")
    found = []
    for port in (8000, 8001):
        sandbox = Sandbox(settings)
        sandbox.set_webhook(f"http://127.0.0.1:{port}/", secret=f"whsec_{port}")
        with sandbox.work() as work:
            found.append([(one["id"], one["url"], one["secret"]) for one in work.endpoints()])
        sandbox.database.close()
    (first,), (second,) = found
    assert second == (first[0], "http://127.0.0.1:8001/", "whsec_8001")


def test_an_endpoint_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    sandbox = Sandbox(kept(tmp_path / "sandbox.sqlite3"))
    sandbox.set_webhook("http://127.0.0.1:8000/", secret="whsec_a")
    with sandbox.work() as work:
        work.delete(next(iter(work.endpoints())))
    sandbox.set_webhook("http://127.0.0.1:8000/", secret="whsec_b")
    with sandbox.work() as work:
        assert [one["secret"] for one in work.endpoints()] == ["whsec_b"]
    sandbox.database.close()
