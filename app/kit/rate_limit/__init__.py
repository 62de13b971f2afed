"""At most so many events of a key within a window that slides."""

from app.kit.rate_limit.events import Events, Rate, Record
from app.kit.rate_limit.in_process import EventsInProcess
from app.kit.rate_limit.limiter import RateLimiter, configure_rate_limits

__all__ = [
    "Events",
    "EventsInProcess",
    "Rate",
    "RateLimiter",
    "Record",
    "configure_rate_limits",
]
