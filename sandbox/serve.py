"""Running the sandbox: in a thread for tests and demos, or by itself."""

import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass, replace

import uvicorn

from sandbox.app import make_app
from sandbox.server import Sandbox, Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NotLoopbackError(ValueError):
    """An address beyond this machine was asked for without saying so."""


@dataclass
class RunningSandbox:
    """A sandbox that answers at `url` until it is stopped."""

    url: str
    sandbox: Sandbox
    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        """Stop answering, finish what is under way, close the file."""
        self.server.should_exit = True
        self.thread.join()
        self.sandbox.stop()


def check_host(host: str, *, expose: bool) -> None:
    """Raise NotLoopbackError for an address beyond this machine unless `expose` is given (S17)."""
    if host not in LOOPBACK and not expose:
        raise NotLoopbackError(
            f"{host} can be reached by other machines, and the sandbox has no real keys. "
            "Say --expose if that is meant."
        )


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen()  # whoever reads "Ready" may connect: the server answers in its turn
    return listening


def start_in_thread(
    settings: Settings | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> RunningSandbox:
    """Start a sandbox in a thread of this process and wait until it answers."""
    listening = bound_socket(host, port)
    address = listening.getsockname()[1]
    url = f"http://{host}:{address}"
    sandbox = Sandbox(replace(settings or Settings(), page_url=url)).start()
    config = uvicorn.Config(
        make_app(sandbox), log_level="warning", lifespan="off", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    return RunningSandbox(url, sandbox, server, thread)


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    handed_over: int | None = None,
    webhook: str | None = None,
    webhook_secret: str = "",
    stop_with_input: bool = False,
) -> None:
    """Run a sandbox in the foreground until it is told to stop.

    It listens on the socket of a file descriptor that was handed over, else on its own. With
    `stop_with_input` that is also when standard input ends: with the program that holds it.
    """
    own = handed_over is None
    listening = bound_socket(host, port) if own else socket.socket(fileno=handed_over)
    url = f"http://{host}:{listening.getsockname()[1]}"
    sandbox = Sandbox(replace(settings, page_url=url))
    if webhook:
        secret = webhook_secret or f"whsec_{secrets.token_hex(16)}"
        sandbox.set_webhook(webhook, secret=secret)
        print(f"Webhooks go to {webhook}, signed with {secret}", flush=True)
    sandbox.start()
    config = uvicorn.Config(
        make_app(sandbox), log_level="warning", lifespan="off", access_log=False
    )
    server = uvicorn.Server(config)
    if stop_with_input:
        threading.Thread(target=_stop_with_input, args=(server,), daemon=True).start()
    print(f"Ready: {url}", flush=True)
    try:
        server.run([listening])
    finally:
        sandbox.stop()


def _stop_with_input(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True
