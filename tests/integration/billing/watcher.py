"""A process that watches one limit; run by the proof that changes arrive in other processes.

Arguments: database address, merchant, platform, feature. Prints a line of JSON for each value that
it sees: the value, and when (monotonic clock, the same in all processes) the last check that still
gave the value before had begun. Ends when its input does.
"""

import json
import sys
from threading import Event, Thread
from time import monotonic

from app import bootstrap
from app.contracts.features import gate
from app.contracts.tenants import Owner

PAUSE_S = 0.002


def watch(owner: Owner, code: str, ended: Event) -> None:
    """Check again and again, and tell of each new value."""
    value: object = "nothing yet"
    last_old_began = monotonic()
    while not ended.wait(PAUSE_S):
        began = monotonic()
        limit = gate().check(owner, code).limit
        if limit == value:
            last_old_began = began
            continue
        value = limit
        print(json.dumps({"limit": limit, "last_old_began": last_old_began}), flush=True)


def main(arguments: list[str]) -> None:
    """Watch as a web process does, with the background work of one."""
    url, merchant_id, platform_id, code = arguments
    system = bootstrap.start(database_url=url, jobs="off", log_level="error", _env_file=None)
    system.start()
    ended = Event()
    watching = Thread(
        target=watch, args=(Owner(int(merchant_id), int(platform_id)), code, ended), daemon=True
    )
    watching.start()
    sys.stdin.read()
    ended.set()
    watching.join()
    system.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
