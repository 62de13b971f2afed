"""A process that works off webhooks until it is killed: `python -m … DATABASE_URL`."""

import sys
import time

from app import bootstrap
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.webhooks.turn import take_next


def main(url: str) -> None:
    """Say when it is ready, then work."""
    bootstrap.start(database_url=url, jobs="off", log_level="error", _env_file=None)
    print("ready", flush=True)
    while True:
        if not (take_next() or sync_due()):
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1])
