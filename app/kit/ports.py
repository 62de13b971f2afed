"""Finding a TCP port to listen on."""

import socket

TRIES = 100


def listen_from(host: str, wanted: int) -> socket.socket:
    """Listen on `wanted`, or on the next port above it that nobody listens on.

    The socket is held from now on, so that two that look at the same time find two ports. Raises
    OSError where a hundred in a row are taken.
    """
    for port in range(wanted, wanted + TRIES):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()
        except OSError:
            listening.close()
            continue
        return listening
    raise OSError(f"the ports {wanted} to {wanted + TRIES - 1} are all taken")


def port_of(listening: socket.socket) -> int:
    """Return the port of a socket."""
    return int(listening.getsockname()[1])
