"""A network that duplicates, shuffles, delays, drops and speaks an old version, by a seed."""

import random
from dataclasses import dataclass

from sandbox.wire.versions import NEWEST, OLDEST


@dataclass(frozen=True)
class Chaos:
    """How often what goes wrong, each between 0 and 1; the same seed does the same again."""

    seed: str = "0"
    duplicate: float = 0.0
    shuffle: float = 0.0
    delay: float = 0.0
    drop: float = 0.0
    old_version: float = 0.0

    @property
    def active(self) -> bool:
        """Whether anything goes wrong at all."""
        return any((self.duplicate, self.shuffle, self.delay, self.drop, self.old_version))


@dataclass(frozen=True)
class Copy:
    """One delivery of an event: where in the order, in which version, and whether it gets lost."""

    position: float
    api_version: str
    lost: bool = False


CALM = Chaos()
NEAR = 3
FAR = 12


def copies(chaos: Chaos, number: int, *, api_version: str | None) -> list[Copy]:
    """The deliveries of event `number` to one endpoint, depending on seed and number alone."""
    version = api_version or NEWEST
    if not chaos.active:
        return [Copy(float(number), version)]
    dice = random.Random(f"{chaos.seed}:{number}")  # noqa: S311 - must repeat, not be secret
    lost = dice.random() < chaos.drop
    times = 2 if dice.random() < chaos.duplicate else 1
    return [_copy(chaos, dice, number, version, lost) for _ in range(times)]


def _copy(chaos: Chaos, dice: random.Random, number: int, version: str, lost: bool) -> Copy:
    position = float(number)
    if dice.random() < chaos.shuffle:
        position += dice.randint(-NEAR, NEAR) + dice.random()
    if dice.random() < chaos.delay:
        position += dice.randint(1, FAR) + dice.random()
    if dice.random() < chaos.old_version:
        version = OLDEST
    return Copy(position, version, lost)
