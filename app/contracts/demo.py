"""Demo data: each module adds its own, in the order of the modules, from one seed."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.kit.db import UnitOfWork

HISTORY_DAYS = 400  # how far back the demo's history reaches
DEMO_PASSWORD = "demo-demo"  # noqa: S105 - printed at the start of every demo


@dataclass(frozen=True)
class DemoPlan:
    """What the demo is made from; the same plan makes the same data.

    `now` is the business time of the seeding, `scale` how many further merchants are wanted.
    """

    now: datetime
    scale: int = 0

    def random(self, module: str) -> Random:
        """Return a generator of this module's own, so that modules do not disturb each other."""
        return Random(f"tierline demo {module}")  # noqa: S311 - reproducible on purpose


class DemoSeeder(Protocol):
    """Adds a module's demo data."""

    def __call__(self, work: "UnitOfWork", plan: DemoPlan) -> None:
        """Write the data in the caller's transaction; those of lower modules are there."""
