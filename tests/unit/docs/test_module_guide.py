"""The module that the guide builds."""

import re
from dataclasses import fields

from app.contracts.modules import ModuleDefinition
from tests.unit.docs.samples import GUIDES, Distribution


def test_it_offers_api_page_texts_navigation_script_and_job(notes: Distribution) -> None:
    assert notes.play("note_taking", "plain") == {
        "not_ready": None,
        "written": 201,
        "listed": ["The oven is repaired."],
        "empty": 422,
        "page": 200,
        "title_is_german": True,
        "rail_leads_there": True,
        "script": 200,
        "job": ["done", {"dropped": 0}],
    }


def test_it_goes_away_when_disabled(notes: Distribution) -> None:
    seen = notes.play("note_taking", "gone", MODULES_DISABLED="notes")
    assert seen == {"api": 404, "page": 404, "rail_leads_there": False}


def test_the_page_names_everything_that_a_module_can_offer() -> None:
    page = (GUIDES / "how-to-add-a-module.md").read_text(encoding="utf-8")
    rows = page.partition("| field of `ModuleDefinition` |")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", rows, re.MULTILINE)
    named = re.findall(r"`(\w+)`", " ".join(cells))
    assert sorted(named) == sorted(field.name for field in fields(ModuleDefinition))
