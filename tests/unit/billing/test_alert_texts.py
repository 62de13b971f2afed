"""Every alert that the code can raise has its words, and no words are there for none."""

import ast
from collections.abc import Iterator

from app.kit.i18n import LOCALES
from tests.unit.architecture.catalogs import all_texts
from tests.unit.architecture.sources import dotted_name, sources

PREFIX = "billing.alerts."


def kinds() -> Iterator[str]:
    """The kinds that are named in calls of `alert`, or of something around it."""
    for source in sources("app/modules/billing/**/*.py"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and dotted_name(node.func).strip("_") == "alert":
                yield from (
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def test_every_alert_has_a_text_in_every_language() -> None:
    raised = set(kinds())
    assert "duplicate_subscription" in raised, "the search itself must find the kinds"
    for locale in LOCALES:
        told = {key.removeprefix(PREFIX) for key in all_texts(locale) if key.startswith(PREFIX)}
        assert told == raised
