"""The limit that the guide adds to the notes module."""

from tests.unit.docs.samples import GUIDES, Distribution, files_of


def test_it_is_refused_without_a_plan_and_at_the_limit_and_given_back(notes: Distribution) -> None:
    notes.add(files_of(GUIDES / "how-to-add-a-feature.md"))
    assert notes.play("note_taking", "limited") == {
        "answers": [
            [403, "feature_not_available"],
            [201, None],
            [403, "feature_limit_reached"],
            [201, None],
        ],
        "counters": [1, 0],
        "dropped": {"dropped": 1},
        "listed": ["third"],
    }
