"""A Redis that a test may stop and start again."""

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools.services.redis import find_program, free_port, start_server, url_of
from devtools.services.waiting import stop


@dataclass
class OwnRedis:
    """A server on a port of its own that keeps nothing when it is stopped."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @classmethod
    def begin(cls, folder: Path) -> "OwnRedis":
        """Start one."""
        redis = cls(folder, free_port())
        redis.start()
        return redis

    @property
    def url(self) -> str:
        """Its address."""
        return url_of(self.port)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = start_server(find_program(), port=self.port, folder=self.folder)

    def stop(self) -> None:
        """Stop it, with everything in it."""
        if self.process is not None:
            stop(self.process, signal.SIGKILL)
            self.process = None
