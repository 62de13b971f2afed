"""The product with one empty platform and Stripe's sandbox beside it: a market to begin on.

Run as a program in a process of its own: `python -m tests.e2e.money.serve FOLDER`. Its last word
is its address.
"""

import os
import socket
import sys
from pathlib import Path

import uvicorn

from app import bootstrap
from app.cli.demo_sandbox import WANTED_PORT, WEBHOOK_PATH, DemoSandbox
from app.cli.server import server_config
from app.kit.db import database
from app.kit.migrations import upgrade
from app.kit.ports import listen_from
from app.modules.billing.public import set_up_stripe
from devtools.services.demo import READY
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_platform, a_super_admin

HOST = "127.0.0.1"
PLATFORM = "market"


def main(data: Path) -> None:
    """Serve until told to stop."""
    listener = socket.create_server((HOST, 0))
    port = listener.getsockname()[1]
    address = f"http://{HOST}:{port}"
    with listen_from(HOST, WANTED_PORT) as listening:
        stripe = DemoSandbox(data, listening, webhook=address + WEBHOOK_PATH)
    try:
        os.environ.update(stripe.settings({}))
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{data / 'market.sqlite3'}",
            "BASE_URL": address,
            "LOG_LEVEL": "error",
            "JOBS": "inprocess",
        }
        system = bootstrap.start(_env_file=None)
        upgrade(database(), system.migrations)
        stripe.wait()
        shipped_tiers(a_platform(PLATFORM, name="Marktplatz"))
        a_super_admin()
        set_up_stripe(base_url=address)
        print(f"{READY}{address}", flush=True)
        uvicorn.Server(server_config(system, host=HOST, port=port)).run(sockets=[listener])
    finally:
        stripe.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
