"""People and stores without plans: what a plan allows is billing's to prove."""

from unittest.mock import create_autospec

import pytest

from app.contracts.features import FeatureGateProtocol, gate


@pytest.fixture(autouse=True)
def nothing_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the gate for every feature and unit."""
    opened = create_autospec(FeatureGateProtocol, instance=True)
    monkeypatch.setattr(gate, "_implementation", opened)
