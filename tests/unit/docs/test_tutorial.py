"""The tutorial's steps do what it says."""

from pathlib import Path

from app.cli.demo import SIGN_INS
from tests.unit.docs.samples import TUTORIAL, Distribution


def test_every_step_does_what_the_page_says(tmp_path: Path) -> None:
    assert Distribution(tmp_path).play("demo_tour", DEMO="true") == {
        "homes": {
            "admin@demo.test": "/admin",
            "platform@demo.test": "/admin",
            "owner@demo.test": "/merchant",
            "manager@demo.test": "/store/weber",
            "staff@demo.test": "/store/weber",
        },
        "foreign": 404,
        "created": [150, 151, 150],
        "limit": {
            "refused": "feature_limit_reached",
            "helps": "professional",
            "before": ["limit_reached", 200, 200],
            "override": 200,
            "accepted": 201,
            "sources": ["tier", "override", "status"],
        },
    }


def test_the_page_names_everybody_who_can_sign_in() -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    assert [email for email in SIGN_INS if f"| `{email}` |" not in page] == []
