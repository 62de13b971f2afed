"""GrowthBook's SDK: one evaluator kept per merchant, features decided by its rules."""

import json
import sys
from pathlib import Path
from time import perf_counter

from growthbook import GrowthBook  # type: ignore[import-not-found] # in its own environment


def main(path: str) -> None:
    """Evaluate every question; prints checks a second."""
    task = json.loads(Path(path).read_text())
    merchants, questions = task["merchants"], task["questions"]
    kinds = sorted({json.dumps(one, sort_keys=True) for one in merchants})
    features = {
        code: {
            "defaultValue": False,
            "rules": [
                {"condition": {"plan": plan}, "force": True}
                for plan, kind in enumerate(kinds)
                if json.loads(kind)[code]
            ],
        }
        for code in merchants[0]
    }
    evaluators = [
        GrowthBook(
            attributes={"id": str(index), "plan": kinds.index(json.dumps(one, sort_keys=True))},
            features=features,
        )
        for index, one in enumerate(merchants)
    ]
    for index, code in questions:
        assert evaluators[index].is_on(code) == merchants[index][code]
    rates = []
    for _ in range(5):
        began = perf_counter()
        for index, code in questions:
            evaluators[index].is_on(code)
        rates.append(len(questions) / (perf_counter() - began))
    print(json.dumps({"checks_per_second": sorted(rates)[2]}))


if __name__ == "__main__":
    main(sys.argv[1])
