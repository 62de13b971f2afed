"""Whether a domain name is still free: by DNS, or by RDAP where it is configured (D30).

Both libraries are imported where they are used: start-up must not pay for them.
"""

from functools import cache
from typing import TYPE_CHECKING, Protocol

import structlog

from app.kit.db import require_no_unit_of_work
from app.modules.billing.settings import billing_settings

if TYPE_CHECKING:
    from dns.resolver import Resolver

TIMEOUT_S = 3.0

_log = structlog.get_logger(__name__)


class DomainRegistry(Protocol):
    """Somebody who knows which names are registered."""

    def is_available(self, ascii_name: str) -> bool | None:
        """Whether a name is free; None where that cannot be told."""


class DnsRegistry:
    """Takes names that DNS does not know as free: right nearly always, and never a promise."""

    def __init__(self, resolver: "Resolver | None" = None) -> None:
        self._resolver = resolver

    def is_available(self, ascii_name: str) -> bool | None:
        """Whether nobody has delegated the name."""
        from dns import exception, resolver  # noqa: PLC0415

        try:
            asked = self._resolver or resolver.Resolver()
            asked.resolve(f"{ascii_name}.", "NS", lifetime=TIMEOUT_S)
        except resolver.NXDOMAIN:
            return True
        except resolver.NoAnswer:
            return False
        except (exception.DNSException, OSError) as error:
            _log.info("domain_registry_unreachable", by="dns", error=type(error).__name__)
            return None
        return False


class RdapRegistry:
    """Asks a registration data service (RFC 9082), which answers 404 for a free name."""

    def __init__(self, url: str) -> None:
        self._url = url

    def is_available(self, ascii_name: str) -> bool | None:
        """Whether the service knows no such domain."""
        import httpx  # noqa: PLC0415

        try:
            answer = httpx.get(
                f"{self._url}/domain/{ascii_name}", timeout=TIMEOUT_S, follow_redirects=True
            )
        except httpx.HTTPError as error:
            _log.info("domain_registry_unreachable", by="rdap", error=type(error).__name__)
            return None
        return {200: False, 404: True}.get(answer.status_code)


def is_available(ascii_name: str) -> bool | None:
    """Ask whether a name is free; None where that cannot be told. No unit of work may be open."""
    require_no_unit_of_work()
    return _registry().is_available(ascii_name)


@cache
def _registry() -> DomainRegistry:
    url = billing_settings().rdap_url
    return RdapRegistry(url) if url else DnsRegistry()


def forget_registry() -> None:
    """Begin with the settings anew; for processes whose settings were replaced."""
    _registry.cache_clear()
