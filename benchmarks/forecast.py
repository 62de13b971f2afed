"""How good forecasts are: a back-test on public series, beside well-known methods.

The series ship as data with PyPI packages: people, prices, passengers, temperatures, jobs. From
several days of each, all methods say what comes next, and are compared with what came. An error
is measured by that of "as last season" within the known part (MASE); what counts is the median
over the series, so that none outweighs the others.
"""

import sys
from collections import defaultdict
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from app.modules.billing.services.forecasting.forecast import Forecast, forecast
from benchmarks._peers import run_peer
from benchmarks._report import Figure, report

NAIVE = ("naive", "seasonal_naive", "drift")
REFERENCES = ("ets", "theta")


def main() -> int:
    """Compare and report."""
    told: Any = run_peer("forecasts", {"origins": 8})
    if told is None:
        return report("forecast", [Figure("median MASE", "", None, 1.1)], profiled=main)
    return report("forecast", _figures(told["cases"]), profiled=partial(_own, told["cases"][0]))


def _figures(cases: list[dict[str, Any]]) -> list[Figure]:
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    within: list[bool] = []
    for case in cases:
        truth, made = np.array(case["truth"]), _own(case)
        within += ((made.low_95 <= truth) & (truth <= made.high_95)).tolist()
        for name in ("own", *NAIVE, *REFERENCES):
            said = made.mean if name == "own" else np.array(case[name])
            error = float(np.abs(said - truth).mean()) / case["usual"]
            errors[name][case["series"]].append(error)
    typical = {
        name: median(float(np.mean(one)) for one in series.values())
        for name, series in errors.items()
    }
    own, best = typical["own"], min(typical[name] for name in REFERENCES)
    share = float(np.mean(within))
    return [
        Figure("median MASE over the best of ETS and Theta", "", own, 1.1, best),
        *(Figure(f"median MASE over {name}", "", own, 1, typical[name]) for name in NAIVE),
        Figure(
            f"95 % intervals, share of {len(within):,} points within", "", share, 0.9, at_most=False
        ),
        Figure("95 % intervals, not too wide", "", share, 0.98),
    ]


def _own(case: dict[str, Any]) -> Forecast:
    season = case["season"]
    made = forecast(case["known"], len(case["truth"]), periods=(season,) if season > 1 else ())
    assert made is not None
    return made


if __name__ == "__main__":
    sys.exit(main())
