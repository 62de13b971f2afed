"""The product's web process for `webhooks`. Arguments: database address, port, jobs."""

import sys

import uvicorn

from app import bootstrap
from app.cli.server import server_config


def main(arguments: list[str]) -> None:
    """Serve as `tierline serve` does, with or without background work."""
    system = bootstrap.start(
        database_url=arguments[0], jobs=arguments[2], log_level="error", _env_file=None
    )
    uvicorn.Server(server_config(system, host="127.0.0.1", port=int(arguments[1]))).run()


if __name__ == "__main__":
    main(sys.argv[1:])
