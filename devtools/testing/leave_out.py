"""Leaves out the tests whose mark `dev.py test --without NAME` names, and counts them."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

WITHOUT = "TIERLINE_WITHOUT"  # names with commas between
REPORT = "TIERLINE_LEFT_OUT"  # the file that dev.py reads the counts from

_counts = pytest.StashKey[dict[str, int]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what cannot run; a test that needs two absent things counts for the first."""
    without = [name for name in os.environ.get(WITHOUT, "").split(",") if name]
    reasons = {item: _reason(item, without) for item in items}
    dropped = [item for item, reason in reasons.items() if reason]
    config.stash[_counts] = dict(Counter(reason for reason in reasons.values() if reason))
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item, reason in reasons.items() if not reason]


def _reason(item: pytest.Item, without: list[str]) -> str | None:
    return next((name for name in without if item.get_closest_marker(name)), None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # xdist's object, which has no types
    """Take over a worker's counts: every worker collects the same tests."""
    output = getattr(node, "workeroutput", None) or {}  # a worker that crashed left none
    if "left_out" in output:
        node.config.stash[_counts] = output["left_out"]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts on: a worker to its controller, the controller to dev.py."""
    counts = session.config.stash.get(_counts, {})
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = counts
    elif report := os.environ.get(REPORT):
        Path(report).write_text(json.dumps(counts))
