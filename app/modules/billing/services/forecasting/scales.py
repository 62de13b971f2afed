"""On which scale a figure is smoothed: growth by amounts, or by rates."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.modules.billing.services.forecasting.smoothing import Floats

HIGHEST = 700.0  # a logarithm beyond which there is no number


@dataclass(frozen=True)
class Scale:
    """A way there and back."""

    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


PLAIN = Scale(lambda values: values, lambda values: values)
LOGARITHMIC = Scale(np.log, lambda values: np.exp(np.minimum(values, HIGHEST)))
