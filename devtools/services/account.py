"""The account that PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.failure import Failure

UNPRIVILEGED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """Who a server runs as; None for the account of this process."""

    user_id: int | None
    group_id: int | None

    def own(self, folder: Path) -> None:
        """Give the folder to this account, closed to everybody else."""
        folder.chmod(0o700)
        if self.user_id is not None and self.group_id is not None:
            os.chown(folder, self.user_id, self.group_id)

    def start(self, command: Sequence[str | Path], *, log: Path) -> "subprocess.Popen[bytes]":
        """Start a program as this account, out of reach of a Ctrl-C meant for us."""
        with log.open("ab") as output:
            return subprocess.Popen(
                [str(part) for part in command],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self.user_id,
                group=self.group_id,
                extra_groups=None if self.user_id is None else [],
                start_new_session=True,
            )

    def can_run(self, program: Path) -> bool:
        """Whether this account may reach and execute the program."""
        try:
            return self.start([program, "--version"], log=Path(os.devnull)).wait() == 0
        except PermissionError:
            return False


def server_account() -> Account:
    """This process's own account, or an unprivileged one when we are root.

    Raises Failure when root finds no unprivileged account.
    """
    if os.geteuid() != 0:
        return Account(None, None)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Failure(
        "PostgreSQL refuses to run as root, and none of the accounts "
        f"{', '.join(UNPRIVILEGED)} exists. Run the tests as another user, or set "
        "TEST_DATABASE_URL to a running server."
    )
