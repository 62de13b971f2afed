"""Finding a TCP port to listen on."""

import socket

TRIES = 100


def free_port(host: str, wanted: int) -> int:
    """Return `wanted`, or the next port above it that nobody listens on.

    Raises OSError where a hundred in a row are taken.
    """
    for port in range(wanted, wanted + TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"the ports {wanted} to {wanted + TRIES - 1} are all taken")
