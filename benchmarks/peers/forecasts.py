"""Public series, what came next in them, and what well-known methods say: naive, ETS, Theta."""

import io
import json
import sys
import tarfile
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore] # in its own environment
from statsforecast.models import (  # type: ignore[import-not-found,unused-ignore]
    AutoETS,
    AutoTheta,
)

HORIZONS = {12: 12, 7: 14, 1: 8}
LONGEST = 480
SHORTEST = 40
# Of the industries of one survey a few, so that it does not decide alone.
INDUSTRIES = (
    "construction",
    "government",
    "information",
    "retail_trade",
    "utilities",
    "leisure_and_hospitality",
)
YEARLY = ("LakeHuron", "Nile", "lynx", "sunspot.year", "nhtemp", "BJsales", "WWWusage")
MONTHLY = ("AirPassengers", "co2", "nottem")
QUARTERLY = ("realgdp", "realcons", "cpi", "m1", "pop", "unemp")


def series() -> Iterator[tuple[str, int, np.ndarray]]:
    """Yield name, season and values of every series."""
    with tarfile.open(_folder("pydataset") / "resources.tar.gz") as archive:
        for group, names, season in (
            ("datasets", YEARLY, 1),
            ("datasets", MONTHLY, 12),
            ("MASS", ("accdeaths", "deaths", "drivers"), 12),
            ("boot", ("manaus",), 12),
            ("boot", ("wool",), 1),
        ):
            for name in names:
                yield name, season, _column(archive, f"{group}/{name}")
    data = _folder("vega_datasets") / "_data"
    jobs = pd.read_csv(data / "us-employment.csv")
    for industry in INDUSTRIES:
        yield industry, 12, jobs[industry].to_numpy(float)
    weather = pd.read_csv(data / "seattle-weather.csv")
    for name in ("temp_max", "wind"):
        yield name, 7, weather[name].to_numpy(float)[-400:]
    macro = pd.read_csv(_folder("statsmodels") / "datasets" / "macrodata" / "macrodata.csv")
    for name in QUARTERLY:
        yield name, 1, macro[name].to_numpy(float)


def main(path: str) -> None:
    """Print all cases: what was known, what came, and what each method said."""
    task = json.loads(Path(path).read_text())
    cases = [
        _case(name, season, values, origin)
        for name, season, values in series()
        for origin in _origins(len(values), HORIZONS[season], task["origins"])
    ]
    print(json.dumps({"cases": cases}))


def _origins(count: int, horizon: int, wanted: int) -> list[int]:
    step = max(1, horizon // 2)
    found = [count - horizon - n * step for n in range(wanted)]
    return [one for one in found if one >= max(SHORTEST, count // 2)]


def _case(name: str, season: int, values: np.ndarray, origin: int) -> dict[str, object]:
    known, truth = values[:origin], values[origin : origin + HORIZONS[season]]
    steps = np.arange(1, len(truth) + 1)
    return {
        "series": name,
        "season": season,
        "known": known.tolist(),
        "truth": truth.tolist(),
        "usual": float(np.abs(known[season:] - known[:-season]).mean()),
        "naive": np.repeat(known[-1], len(truth)).tolist(),
        "seasonal_naive": np.resize(known[-season:], len(truth)).tolist(),
        "drift": (known[-1] + steps * (known[-1] - known[0]) / (origin - 1)).tolist(),
        "ets": AutoETS(season_length=season).forecast(known, len(truth))["mean"].tolist(),
        "theta": AutoTheta(season_length=season).forecast(known, len(truth))["mean"].tolist(),
    }


def _column(archive: tarfile.TarFile, name: str) -> np.ndarray:
    file = archive.extractfile(f"resources/rdata/csv/{name}.csv")
    assert file is not None
    table = pd.read_csv(io.BytesIO(file.read()))
    return np.asarray(table[table.columns[-1]].to_numpy(float)[-LONGEST:])


def _folder(package: str) -> Path:
    """Where a package lies, without importing it: some write files when imported."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1])
