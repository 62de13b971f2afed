"""The processes of an instance: real ones, started by the product's own commands, ended at will."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx

from devtools.paths import ROOT
from devtools.services.redis import find_program, free_port, start_server, url_of
from devtools.services.waiting import wait_until_ready

Engine = Literal["inprocess", "celery"]
Process = subprocess.Popen[bytes]

DISTRIBUTION = Path(__file__).with_name("distribution")
LIMIT_S = 300.0  # many processes start at once on few cores


@dataclass
class Member:
    """One process of the fleet, which can be ended and started again."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str]
    process: Process | None = None

    @property
    def log(self) -> Path:
        """What it has written."""
        return self.folder / f"{self.name}.log"

    def begin(self) -> None:
        """Start it; it may take a while until it works."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli.main", *self.command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def ask_to_end(self) -> None:
        """Ask politely, as a supervisor does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def exit_code(self) -> int:
        """Wait for its end."""
        assert self.process is not None
        return self.process.wait(LIMIT_S)


@dataclass
class Web(Member):
    """A web server."""

    port: int = field(default_factory=free_port)

    def begin(self) -> None:
        """Start it and wait until it answers."""
        self.command = ["serve", "--port", str(self.port)]
        super().begin()
        assert self.process is not None
        wait_until_ready(
            self.process, self.answers, name=self.name, log=self.log, patience_s=LIMIT_S
        )

    def answers(self) -> bool:
        """Whether it lives."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").is_success
        except httpx.TransportError:
            return False

    def put_note(self, number: int) -> bool:
        """Have a note put into the outbox; False where nobody answered that it was."""
        address = f"http://127.0.0.1:{self.port}/clockwork/notes/{number}"
        try:
            return httpx.get(address, timeout=LIMIT_S).is_success
        except httpx.TransportError:
            return False


class Redis(Member):
    """A Redis that keeps nothing: what was in it is lost with it."""

    @property
    def port(self) -> int:
        """Where it listens, each time anew."""
        return int(self.command[0])

    def begin(self) -> None:
        """Start it and wait until it answers."""
        self.process = start_server(find_program(), port=self.port, folder=self.folder)


@dataclass
class Fleet:
    """Web processes and, with Celery, workers, beat and a Redis of their own."""

    webs: list[Web]
    workers: list[Member] = field(default_factory=list)
    beat: Member | None = None
    redis: Redis | None = None

    @property
    def members(self) -> list[Member]:
        """Every process, in the order in which they start."""
        others = [one for one in (self.redis, self.beat) if one is not None]
        return [*others, *self.workers, *self.webs]

    @property
    def at_work(self) -> list[Member]:
        """Those that take turns at background work."""
        return [*(self.workers or self.webs)]

    @property
    def own(self) -> list[Member]:
        """Every process of the product itself."""
        return [one for one in self.members if one is not self.redis]

    def doctor(self) -> dict[str, str | None]:
        """What `tierline doctor` would have done about each of its checks."""
        examined = subprocess.run(
            [sys.executable, "-m", "app.cli.main", "doctor", "--json"],
            cwd=ROOT,
            env=self.webs[0].environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return {row["check"]: row["remedy"] for row in json.loads(examined.stdout)}

    def begin(self) -> None:
        """Start whatever is not running."""
        for member in self.members:
            if not member.is_running:
                member.begin()

    def end(self) -> None:
        """Whatever still runs is killed."""
        for member in self.members:
            member.kill()


def a_fleet(engine: Engine, folder: Path, database_url: str, *, webs: int, workers: int) -> Fleet:
    """A fleet of so many processes, not yet started; `workers` are Celery's alone."""
    redis_port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{DISTRIBUTION}",
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "error",
        "JOBS": engine,
    }
    if engine == "inprocess":
        return Fleet([Web(f"web-{n}", [], folder, environment) for n in range(webs)])
    environment["REDIS_URL"] = url_of(redis_port)
    return Fleet(
        [Web(f"web-{n}", [], folder, environment) for n in range(webs)],
        [Member(f"worker-{n}", ["worker"], folder, environment) for n in range(workers)],
        Member("beat", ["beat"], folder, environment),
        Redis("redis", [str(redis_port)], folder, environment),
    )
