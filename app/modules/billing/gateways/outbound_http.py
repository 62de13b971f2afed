"""Posting to addresses that merchants choose: never into a private network (SSRF).

The name is resolved first, every address it has is looked at, and the connection goes to the very
address that was looked at, so that a name cannot change its mind in between.
"""

import ipaddress
import socket
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urlsplit

import httpx

from app.kit.db import require_no_unit_of_work
from app.modules.billing.gateways.deadline import Deadline
from app.modules.billing.settings import billing_settings

TIMEOUT_S = 10.0
PORTS = {"https": 443, "http": 80}


class ForbiddenTarget(Exception):
    """The address leads, or may lead, into a private network, or is no address at all."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a post was answered."""

    status: int
    duration_ms: int

    @property
    def is_success(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


def check_target(url: str) -> SplitResult:
    """Return the parts of an address that may be posted to, as far as its text tells.

    Raises ForbiddenTarget for other schemes than https, credentials, and private addresses.
    """
    try:
        httpx.URL(url)
        parts = urlsplit(url)
        has_port = parts.port is not None
        (parts.hostname or "").encode("idna")  # as it will be looked up
    except (ValueError, httpx.InvalidURL) as broken:
        raise ForbiddenTarget("not an address") from broken
    allowed = {"https", "http"} if billing_settings().webhooks_allow_private else {"https"}
    if parts.scheme not in allowed or not parts.hostname or parts.username is not None:
        raise ForbiddenTarget("must begin with https:// and hold no password")
    if has_port and parts.port == 0:
        raise ForbiddenTarget("not an address")
    _refuse_private(parts.hostname)
    return parts


def post(url: str, body: str, headers: dict[str, str]) -> Reply:
    """Post a text once; redirects are not followed.

    Raises ForbiddenTarget, httpx.HTTPError, OSError.
    """
    require_no_unit_of_work()
    parts = check_target(url)
    assert parts.hostname is not None
    port = parts.port or PORTS[parts.scheme]
    address = resolve(parts.hostname, port)
    pinned = httpx.URL(url).copy_with(host=address)
    began = monotonic()
    deadline = Deadline(TIMEOUT_S)
    try:
        with (
            deadline,
            httpx.Client(timeout=TIMEOUT_S, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                pinned,
                content=body.encode(),
                headers={**headers, "host": parts.netloc, "content-type": "application/json"},
                extensions={"sni_hostname": parts.hostname, "trace": deadline.note},
            ) as answer,
        ):
            return Reply(answer.status_code, round((monotonic() - began) * 1000))
    except httpx.HTTPError as cut:
        if not deadline.is_over:
            raise
        raise httpx.ReadTimeout(f"no answer within {TIMEOUT_S:.0f} seconds") from cut


def resolve(host: str, port: int) -> str:
    """Return an address of a name, all of which are public. Raises ForbiddenTarget, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        _refuse_private(address)
    return addresses[0]


def _refuse_private(host: str) -> None:
    """Refuse an address, or a name, that is not of the public internet."""
    if billing_settings().webhooks_allow_private:
        return
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            address = ipaddress.ip_address(socket.inet_aton(host))  # 2130706433, 0x7f.1
        except OSError:
            _refuse_local_name(host.rstrip(".").lower())
            return
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if not inner.is_global or inner.is_multicast or inner.is_reserved or _is_of_a_site(inner):
        raise ForbiddenTarget("leads into a private network")


def _refuse_local_name(name: str) -> None:
    """Refuse what only a machine or its neighbours can mean (RFC 6761)."""
    if "." not in name or name.endswith(".localhost"):
        raise ForbiddenTarget("leads into a private network")


def _is_of_a_site(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local
