"""A process whose threads all want the same few units; run by the proof that no race passes.

Arguments: database address, a store's code, attempts, threads, seed, the codes of the limits that
are wanted, and the share of units that are given back. Says when it is half way; prints how many
units it took and kept as its last line.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Lock
from typing import NamedTuple

from app import bootstrap
from app.contracts.tenants import StoreRef
from app.kit.db import rerun_on_conflict, unit_of_work
from app.modules.billing.public import FeatureLimitReached
from app.modules.tenancy.repositories.stores import find_store_by_code
from tests.integration.limits.wishes import WISHES, Wish

ROLLBACK_SHARE = 0.3
HALF_WAY = "half way"


class ChangedMind(Exception):
    """The caller's transaction fails after the unit was taken."""


class Contest(NamedTuple):
    """What one process does."""

    store_code: str
    attempts: int
    threads: int
    seed: int
    codes: list[str]
    back_share: float


class Contender:
    """Takes units until the attempts are used up, failing or giving back at random."""

    def __init__(self, contest: Contest) -> None:
        with unit_of_work(read_only=True) as work:
            store = find_store_by_code(work.session, contest.store_code)
        assert store is not None
        self.contest = contest
        self.store: StoreRef = store
        self.kept = 0
        self._lock = Lock()

    def attempt(self, number: int) -> None:
        """Try once; what the database gives up on is tried again as at the edge."""
        if number == self.contest.attempts // 2:
            print(HALF_WAY, flush=True)
        random = Random(self.contest.seed * 1_000_003 + number)  # noqa: S311 - reproducible
        wish = WISHES[random.choice(self.contest.codes)]
        name = f"{self.contest.seed}-{number}"
        fails = random.random() < ROLLBACK_SHARE
        try:
            taken = rerun_on_conflict(lambda: self._take(wish, name, fails=fails))
        except (FeatureLimitReached, ChangedMind):
            return
        if random.random() < self.contest.back_share:
            rerun_on_conflict(lambda: self._give_back(wish, taken))
            return
        with self._lock:
            self.kept += 1

    def _take(self, wish: Wish, name: str, *, fails: bool) -> int:
        with unit_of_work() as work:
            taken = wish.take(work, self.store, name)
            if fails:
                raise ChangedMind
            return taken

    def _give_back(self, wish: Wish, taken: int) -> None:
        with unit_of_work() as work:
            wish.give_back(work, self.store, taken)


def main(arguments: list[str]) -> None:
    """Run all attempts over the threads."""
    url, store_code, attempts, threads, seed, codes, back_share = arguments
    bootstrap.start(database_url=url, jobs="off", log_level="error", _env_file=None)
    contest = Contest(
        store_code, int(attempts), int(threads), int(seed), codes.split(","), float(back_share)
    )
    contender = Contender(contest)
    with ThreadPoolExecutor(contest.threads) as pool:
        list(pool.map(contender.attempt, range(contest.attempts)))
    print(contender.kept, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
