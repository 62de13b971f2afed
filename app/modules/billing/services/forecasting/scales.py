"""On which scale a figure is smoothed: growth by amounts, or by rates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.modules.billing.services.forecasting.smoothing import DAMPINGS, Floats

HIGHEST = 700.0  # a logarithm beyond which there is no number


@dataclass(frozen=True)
class Scale:
    """A way there and back, and how trends are damped on it."""

    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    dampings: Sequence[float]


PLAIN = Scale(lambda values: values, lambda values: values, DAMPINGS)
# Growth by rates must slow down: carried on for ever it would pass every bound.
LOGARITHMIC = Scale(
    np.log, lambda values: np.exp(np.minimum(values, HIGHEST)), (0.8, 0.85, 0.9, 0.95)
)
