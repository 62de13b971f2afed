"""A process that watches one limit, for the measurement of how soon others know of a change.

Arguments: database address, merchant, platform, feature. Prints each new value with the moment at
which a check first gave it (monotonic clock, the same in all processes). Ends with its input.
"""

import json
import sys
from threading import Event, Thread
from time import monotonic

from app import bootstrap
from app.contracts.features import gate
from app.contracts.tenants import Owner

PAUSE_S = 0.0005


def main(arguments: list[str]) -> None:
    """Watch with the background work of a web process."""
    url, merchant_id, platform_id, code = arguments
    system = bootstrap.start(database_url=url, jobs="off", log_level="error", _env_file=None)
    system.start()
    ended = Event()
    owner = Owner(int(merchant_id), int(platform_id))
    watching = Thread(target=_watch, args=(owner, code, ended), daemon=True)
    watching.start()
    sys.stdin.read()
    ended.set()
    watching.join()
    system.stop()


def _watch(owner: Owner, code: str, ended: Event) -> None:
    value: object = "nothing yet"
    while not ended.wait(PAUSE_S):
        limit = gate().check(owner, code).limit
        if limit != value:
            value = limit
            print(json.dumps({"limit": limit, "at": monotonic()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
