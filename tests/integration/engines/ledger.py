"""What the database says that was done, and the clock that makes more fall due."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy import Engine, create_engine, text

from app.kit.clocks import system_now

LOOK_EVERY_S = 0.05
LIMIT_S = 300.0


class Mark(NamedTuple):
    """One effect: of a part of a slot, or of a note without a slot."""

    work: str
    slot: datetime | None
    part: int


class Ledger:
    """Looks at an instance's database from outside."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(url)

    def ask(self, query: str, **values: Any) -> list[Any]:
        """Rows of a query."""
        with self._engine.connect() as connection:
            return list(connection.execute(text(query), values))

    def write(self, statement: str, **values: Any) -> None:
        """Change something, committed at once."""
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def move_clock(self, step: timedelta) -> datetime:
        """Move business time on; returns how late it is."""
        self.write(
            "INSERT INTO app_clock (id, offset_s, version) VALUES (1, :s, 1)"
            " ON CONFLICT (id) DO UPDATE SET offset_s = app_clock.offset_s + :s",
            s=int(step.total_seconds()),
        )
        return self.business_now()

    def business_now(self) -> datetime:
        """How late it is for the jobs."""
        rows = self.ask("SELECT offset_s FROM app_clock")
        return system_now() + timedelta(seconds=rows[0].offset_s if rows else 0)

    def plan_from(self, names: list[str], first: datetime) -> None:
        """Let the slots of jobs begin after this instant."""
        for name in names:
            self.write(
                "INSERT INTO job_schedules (name, planned_until) VALUES (:name, :first)"
                " ON CONFLICT (name) DO UPDATE SET planned_until = :first",
                name=name,
                first=first,
            )

    def run(self, name: str) -> None:
        """Let a job run now, as an operator's button does."""
        self.write(
            "INSERT INTO job_runs"
            " (name, slot, status, available_at, attempts, failures, counts)"
            " VALUES (:name, :now, 'waiting', :now, 0, 0, '{}')",
            name=name,
            now=system_now(),
        )

    def runs(self, name: str) -> list[Any]:
        """Every slot of a job, the oldest first."""
        return self.ask("SELECT * FROM job_runs WHERE name = :name ORDER BY slot", name=name)

    def marks(self) -> Counter[Mark]:
        """How often each effect happened."""
        return Counter(
            Mark(row.work, row.slot, row.part) for row in self.ask("SELECT * FROM clockwork_marks")
        )

    def wait_for(self, query: str, *, within_s: float = LIMIT_S, **values: Any) -> None:
        """Wait until a query that counts answers with more than nothing."""
        end = monotonic() + within_s
        while not self.ask(query, **values)[0][0]:
            assert monotonic() < end, query
            Event().wait(LOOK_EVERY_S)
