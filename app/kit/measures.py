"""What this process counts of itself, for Prometheus; each process counts its own."""

from functools import cache

from prometheus_client import CollectorRegistry, Histogram

REGISTRY = CollectorRegistry()

_REQUESTS = Histogram(
    "tierline_http_request_duration_seconds",
    "How long requests took, by method, route and status.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


def note_request(method: str, route: str, *, status: int, seconds: float) -> None:
    """Count an answered request; `route` is a template of addresses, so that ids do not count."""
    known = method if method in KNOWN_METHODS else OTHER
    _requests(known, route, status).observe(seconds)


@cache
def _requests(method: str, route: str, status: int) -> Histogram:
    """One of the histograms, which the registry keeps anyway; its own look-up takes a lock."""
    return _REQUESTS.labels(method, route, str(status))
