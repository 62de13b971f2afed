"""How a measurement tells what it found: figure, reference of the same run, ratio, goal."""

import cProfile
import io
import json
import pstats
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

NOT_MEASURED = 3
PROFILE_LINES = 12


@dataclass(frozen=True)
class Figure:
    """One comparison; `goal` bounds the ratio, or the figure itself where there is no reference.

    `figure` None was not measured. `at_most` says on which side of the goal it is good. With
    `absolute` the figure is judged, and the reference stands beside it for comparison.
    """

    name: str
    unit: str
    figure: float | None
    goal: float
    reference: float | None = None
    at_most: bool = True
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure over its reference."""
        if self.figure is None or self.reference is None:
            return None
        return self.figure / self.reference

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.figure is None:
            return None
        judged = self.figure if self.ratio is None or self.absolute else self.ratio
        return judged <= self.goal if self.at_most else judged >= self.goal

    def line(self) -> str:
        """The comparison as text."""
        if self.figure is None:
            return f"{self.name}: not measured"
        parts = [f"{self.name}: {self.figure:,.3f} {self.unit}"]
        if self.ratio is not None:
            parts.append(f"reference {self.reference:,.3f}, ratio {self.ratio:.2f}")
        sign = "≤" if self.at_most else "≥"
        parts.append(f"goal {sign} {self.goal:g}: {'met' if self.is_met else 'MISSED'}")
        return ", ".join(parts)


def report(bench: str, figures: Sequence[Figure], *, profiled: Callable[[], object]) -> int:
    """Print the figures, as JSON with `--json`; returns the exit code.

    A missed goal is no error: it is explained by a short profile of `profiled`. What could not be
    measured ends with 3.
    """
    if "--json" in sys.argv[1:]:
        rows = [asdict(one) | {"ratio": one.ratio, "met": one.is_met} for one in figures]
        print(json.dumps({"bench": bench, "figures": rows}))
    else:
        print("\n".join(f"{bench} · {one.line()}" for one in figures))
        if any(one.is_met is False for one in figures):
            print(_profile(profiled))
    return NOT_MEASURED if any(one.figure is None for one in figures) else 0


def _profile(work: Callable[[], object]) -> str:
    profile, text = cProfile.Profile(), io.StringIO()
    profile.runcall(work)
    pstats.Stats(profile, stream=text).sort_stats("tottime").print_stats(PROFILE_LINES)
    return text.getvalue()
