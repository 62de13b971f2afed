"""Asking who has a name: DNS and RDAP, both on this machine (D30)."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, SOCK_DGRAM, socket
from threading import Thread

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from app.modules.billing.gateways.domains import DnsRegistry, RdapRegistry


@pytest.fixture
def name_server() -> Iterator[dns.resolver.Resolver]:
    """A name server that knows `taken.lu`, has nothing of `bare.lu`, and fails for `broken.lu`."""
    listening = socket(AF_INET, SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            asked, sender = listening.recvfrom(4096)
            if asked == b"stop":
                return
            listening.sendto(_answer(asked), sender)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = listening.getsockname()[1]
    yield resolver
    with socket(AF_INET, SOCK_DGRAM) as other:
        other.sendto(b"stop", listening.getsockname())
    thread.join()
    listening.close()


def _answer(asked: bytes) -> bytes:
    query = dns.message.from_wire(asked)
    answer = dns.message.make_response(query)
    name = query.question[0].name
    match name.to_text():
        case "taken.lu.":
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "NS", "ns1.example.lu."))
        case "broken.lu.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        case "free.lu.":
            answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("free.lu", True), ("taken.lu", False), ("bare.lu", False), ("broken.lu", None)],
)
def test_takes_what_dns_does_not_know_as_free(
    name_server: dns.resolver.Resolver, name: str, expected: bool | None
) -> None:
    assert DnsRegistry(name_server).is_available(name) is expected


@pytest.fixture
def rdap() -> Iterator[str]:
    """A registration data service: 200 for `taken.lu`, 429 for `busy.lu`, else 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            statuses = {"/domain/taken.lu": 200, "/domain/busy.lu": 429}
            self.send_response(statuses.get(self.path, 404))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "expected"), [("free.lu", True), ("taken.lu", False), ("busy.lu", None)]
)
def test_reads_what_a_registry_answers(rdap: str, name: str, expected: bool | None) -> None:
    assert RdapRegistry(rdap).is_available(name) is expected


def test_knows_nothing_where_nobody_answers() -> None:
    assert RdapRegistry("http://127.0.0.1:1").is_available("free.lu") is None
