"""In process, advisory: may this merchant use this feature, with reason, limit and remaining.

1,000 merchants and thirty features, asked in random order, beside look-ups in a dict of dicts that
was computed before, and beside the GrowthBook SDK kept ready for each merchant. The thread of a web
process keeps limits and usage true meanwhile, as in production.
"""

import sys
from collections.abc import Callable, Mapping
from random import Random
from time import perf_counter_ns

from app.contracts.features import FeatureAnswer, gate
from app.contracts.tenants import Owner
from app.modules.billing.services.features_registry import registry
from benchmarks._databases import fresh_database
from benchmarks._peers import run_peer
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns, percentile
from benchmarks._vouching import vouched

MERCHANTS, QUESTIONS = 1_000, 100_000
Question = tuple[Owner, str]


def main() -> int:
    """Measure and report."""
    with fresh_database("sqlite"):
        owners = [store.owner for store in shops(MERCHANTS)]
        codes = list(registry().declarations)
        expected = {owner: {code: gate().check(owner, code) for code in codes} for owner in owners}
        draw = Random(1)
        questions = [(draw.choice(owners), draw.choice(codes)) for _ in range(QUESTIONS)]
        with vouched():
            return _measure(questions, expected)


def _measure(
    questions: list[Question], expected: Mapping[Owner, Mapping[str, FeatureAnswer]]
) -> int:
    check = gate().check
    assert all(check(owner, code) == expected[owner][code] for owner, code in questions)

    def ours() -> None:
        for owner, code in questions:
            check(owner, code)

    def dict_of_dicts() -> None:
        for owner, code in questions:
            expected[owner][code]

    taken, looked_up = in_turns(ours, dict_of_dicts, rounds=21)
    each_us = _each(check, questions)
    peer = run_peer("growthbook_check", _for_peer(questions, expected))
    rate = QUESTIONS / taken / 1e6
    per_us = None if peer is None else peer["checks_per_second"] / 1e6
    figures = [
        Figure("beside a dict", "M/s", rate, 0.33, QUESTIONS / looked_up / 1e6, at_most=False),
        Figure("beside growthbook", "M/s", rate if per_us else None, 10, per_us, at_most=False),
        Figure("p99", "µs", percentile(each_us, 99), 3),
    ]
    return report("check", figures, profiled=ours)


def _each(check: Callable[[Owner, str], FeatureAnswer], questions: list[Question]) -> list[float]:
    """Return the microseconds of each single check."""
    times = []
    for owner, code in questions:
        began = perf_counter_ns()
        check(owner, code)
        times.append((perf_counter_ns() - began) / 1000)
    return times


def _for_peer(
    questions: list[Question], expected: Mapping[Owner, Mapping[str, FeatureAnswer]]
) -> object:
    """Say who has what, and what is asked; the peer must agree on all of it."""
    places = {owner: index for index, owner in enumerate(expected)}
    return {
        "merchants": [
            {code: answer.allowed for code, answer in answers.items()}
            for answers in expected.values()
        ],
        "questions": [(places[owner], code) for owner, code in questions[:20_000]],
    }


if __name__ == "__main__":
    sys.exit(main())
