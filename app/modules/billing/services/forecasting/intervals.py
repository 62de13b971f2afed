"""How far a forecast may be off, from how far it would have been off before."""

from dataclasses import dataclass

import numpy as np

from app.modules.billing.services.forecasting.smoothing import Floats

LEVELS = (0.80, 0.95)
FEW = 4.0  # how much wider the first errors are taken: the choice had seen them


@dataclass(frozen=True)
class Spread:
    """Half widths of the intervals by horizon."""

    within_80: Floats
    within_95: Floats


def spread_of(errors: Floats, horizon: int) -> Spread:
    """Return half widths for 1..`horizon` steps from rolling-origin errors (origins, steps).

    Scales never shrink with the horizon; all errors, each by the scale of its step, say together
    how often what multiple is passed. Beyond the steps seen, scales grow in proportion.
    """
    scale = _scales(errors)
    known = np.abs(errors) / np.where(scale > 0, scale, 1.0)
    known = known[np.isfinite(known)]
    inner, outer = np.quantile(known, LEVELS)
    seen = len(scale)
    steps = np.arange(1, horizon + 1)
    grown = scale[np.minimum(steps, seen) - 1] * np.maximum(steps / seen, 1.0)
    origins = int(np.isfinite(errors[:, 0]).sum())
    wider = grown * (1.1 + FEW / origins)
    return Spread(wider * inner, wider * outer)


def _scales(errors: Floats) -> Floats:
    squares = np.where(np.isfinite(errors), errors**2, 0.0).sum(axis=0)
    counts = np.isfinite(errors).sum(axis=0)
    steps = np.sqrt(squares / np.maximum(counts, 1))
    return np.asarray(np.maximum.accumulate(np.where(counts > 0, steps, 0.0)))
