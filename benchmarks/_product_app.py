"""The product's web process for `check-http`. Arguments: database address, port."""

import sys

import uvicorn

from app import bootstrap
from app.cli.server import server_config


def main(arguments: list[str]) -> None:
    """Serve as `tierline serve` does, without jobs."""
    system = bootstrap.start(
        database_url=arguments[0], jobs="off", log_level="warning", _env_file=None
    )
    uvicorn.Server(server_config(system, host="127.0.0.1", port=int(arguments[1]))).run()


if __name__ == "__main__":
    main(sys.argv[1:])
