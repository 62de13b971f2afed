"""The module that the guide builds."""

from tests.unit.docs.samples import Distribution


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
