"""An hour of simulated minutes while processes are killed: every slot once, whoever runs it."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import SystemRandom
from subprocess import TimeoutExpired
from zoneinfo import ZoneInfo

import pytest

from app.kit.jobs.schedule import Schedule
from tests.integration.engines.fleet import Fleet
from tests.integration.engines.ledger import Ledger, Mark

pytestmark = pytest.mark.postgres

MINUTE = timedelta(minutes=1)
PARTS, OUTSIDE, NOTE = "clockwork.parts", "clockwork.outside", "clockwork.note"
RUNNING = "SELECT count(*) FROM job_runs WHERE name = 'clockwork.outside' AND status = 'running'"
DONE_UNTIL = (
    "SELECT count(*) = :number FROM job_runs"
    " WHERE name IN ('clockwork.parts', 'clockwork.outside') AND status = 'done' AND slot <= :last"
)
DELIVERED = "SELECT count(*) = :number FROM clockwork_marks WHERE work = 'clockwork.note'"
NONE_RUNS = "SELECT count(*) = 0 FROM job_runs WHERE status = 'running'"
TAKEOVERS = "SELECT count(*) FROM job_runs WHERE attempts > 1"


class Killer:
    """Ends processes at random moments, and starts them again."""

    def __init__(self, fleet: Fleet, every_minutes: float) -> None:
        self._fleet = fleet
        self._chance = SystemRandom()
        self._probability = 1 / every_minutes
        self.kills: Counter[str] = Counter()

    def wait(self, longest_s: float) -> None:
        """Let a moment pass, in which nobody ends unasked."""
        witness = self._chance.choice(self._fleet.own).process
        assert witness is not None
        with pytest.raises(TimeoutExpired):
            witness.wait(self._chance.uniform(0, longest_s))

    def strike(self) -> None:
        """Perhaps kill one of the processes, Redis included."""
        if self._chance.random() < self._probability:
            victim = self._chance.choice(self._fleet.members)
            victim.kill()
            victim.begin()
            self.kills[victim.name.partition("-")[0]] += 1

    def strike_all_at_work(self, ledger: Ledger) -> None:
        """Kill everybody who takes turns amid a run, until one of the runs was taken over."""
        while not ledger.ask(TAKEOVERS)[0][0]:
            ledger.move_clock(MINUTE)
            ledger.wait_for(RUNNING)
            for member in self._fleet.at_work:
                member.kill()
            self._fleet.begin()
            self.kills["all"] += 1
            ledger.wait_for(NONE_RUNS)


def test_it_runs_every_slot_of_the_hour_once_whoever_is_killed(
    new_fleet: Callable[..., Fleet],
    ledger: Ledger,
    proof_size: Callable[..., int],
    record_property: Callable[[str, object], None],
) -> None:
    minutes = proof_size("simulated minutes among killed processes", reduced=6, full=60)
    webs = proof_size("web processes among them", reduced=1, full=3)
    first = ledger.business_now()
    ledger.plan_from([PARTS, OUTSIDE], first)
    fleet = new_fleet(webs=webs, workers=2)
    killer = Killer(fleet, every_minutes=3)
    for minute in range(minutes):
        ledger.move_clock(MINUTE)
        assert fleet.webs[minute % webs].put_note(minute)
        killer.wait(longest_s=1.0)
        killer.strike()
    killer.strike_all_at_work(ledger)
    last = ledger.business_now()
    slots = list(Schedule("* * * * *", ZoneInfo("UTC")).slots(first, last))
    ledger.wait_for(DONE_UNTIL, number=2 * len(slots), last=last)
    ledger.wait_for(DELIVERED, number=minutes)
    record_property("killed", dict(killer.kills))
    marks = {mark: times for mark, times in ledger.marks().items() if mark.slot in {None, *slots}}
    repeatable = {mark: times for mark, times in marks.items() if mark.work == OUTSIDE}
    assert {mark.slot for mark in repeatable} == set(slots)  # a call may come twice, never never
    once = {Mark(PARTS, slot, part) for slot in slots for part in range(3)}
    once |= {Mark(NOTE, None, number) for number in range(minutes)}
    assert marks == repeatable | dict.fromkeys(once, 1)
