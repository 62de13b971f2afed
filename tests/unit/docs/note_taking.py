"""Works with the notes module in a process where it is installed; prints what happened as JSON."""

import json
import sys
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import text
from starlette.testclient import TestClient

from app import bootstrap
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.tenancy.services.passwords import configure_hasher
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.factories.usage import counter_of
from tests.integration.browser import Visitor

URL = "/api/v1/store/notes"


def main(scene: str) -> None:
    """Play one scene by name."""
    configure_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    system = bootstrap.start()
    shop = a_shop(code="weber")
    browser = Visitor(TestClient(system.web_app())).sign_in(shop.owner_email)
    json.dump(SCENES[scene](browser, shop, system), sys.stdout)


def plain(browser: Visitor, _shop: AShop, system: bootstrap.System) -> dict[str, Any]:
    """Write, list, look at the page in German, run the job."""
    written = browser.post(URL, {"text": "The oven is repaired."})
    page = browser.get("/store/weber/notes?lang=de")
    ran = system.runner.run_now("notes.drop_old")
    return {
        "not_ready": system.not_ready(),
        "written": written.status_code,
        "listed": [note["text"] for note in browser.get(URL).json()["items"]],
        "empty": browser.post(URL, {"text": " "}).status_code,
        "page": page.status_code,
        "title_is_german": "<h1" in page.text and "Notizen" in page.text,
        "rail_leads_there": 'href="/store/weber/notes"' in page.text,
        "script": browser.get("/static/notes/store/js/notes.js").status_code,
        "job": [ran.status, ran.counts],
    }


def gone(browser: Visitor, _shop: AShop, _system: bootstrap.System) -> dict[str, Any]:
    """Look for what is disabled."""
    return {
        "api": browser.get(URL).status_code,
        "page": browser.get("/store/weber/notes").status_code,
        "rail_leads_there": "/store/weber/notes" in browser.get("/store/weber").text,
    }


def limited(browser: Visitor, shop: AShop, system: bootstrap.System) -> dict[str, Any]:
    """Without the feature, with a limit of one, at it, and after an old note was dropped."""
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner)
    answers = [browser.post(URL, {"text": "not in the plan"})]
    an_override(shop.owner, "max_notes", 1)
    answers += [browser.post(URL, {"text": one}) for one in ("first", "second")]
    counters = [counter_of(shop.owner, "max_notes")]
    _make_older()
    run = system.runner.run_now("notes.drop_old")
    counters.append(counter_of(shop.owner, "max_notes"))
    answers.append(browser.post(URL, {"text": "third"}))
    return {
        "answers": [[one.status_code, one.json().get("error_code")] for one in answers],
        "counters": counters,
        "dropped": run.counts,
        "listed": [note["text"] for note in browser.get(URL).json()["items"]],
    }


def _make_older() -> None:
    with unit_of_work() as work:
        long_ago = business_now() - timedelta(days=91)
        work.session.execute(text("UPDATE notes SET created_at = :at"), {"at": str(long_ago)})


SCENES = {"plain": plain, "gone": gone, "limited": limited}

if __name__ == "__main__":
    main(sys.argv[1])
