"""Heavy proofs run at a reduced size, and in full by `dev.py test --full`; the end says which."""

import os
from collections.abc import Callable

import pytest

FULL = "TIERLINE_FULL"
PROPERTY = "proof_size"


@pytest.fixture
def proof_size(record_property: Callable[[str, object], None]) -> Callable[..., int]:
    """A function `size(what, reduced=…, full=…)` that gives the size to run at and reports it."""

    def size(what: str, *, reduced: int, full: int) -> int:
        chosen = full if os.environ.get(FULL) == "1" else reduced
        record_property(PROPERTY, f"{what}: {chosen:,} of {full:,}")
        return chosen

    return size


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List at which sizes the proofs ran."""
    lines = {
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport)
        for name, value in report.user_properties
        if name == PROPERTY
    }
    if lines:
        terminalreporter.section("proof sizes")
        for line in sorted(lines):
            terminalreporter.write_line(line)
