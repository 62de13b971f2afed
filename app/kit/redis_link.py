"""The process's way to Redis, which may be away at any moment."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.kit.i18n import translate

PREFIX = "tierline:"
ANSWER_S = 0.5  # nobody's request waits longer
AWAY_S = 5.0

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


class RedisAway(Exception):
    """Redis did not answer just now; whoever asked goes on without it."""


class RedisLink:
    """Asks Redis; after a failure it is not asked again for a while, so that nobody waits twice.

    It says of itself whether it works (`HealthCheckProtocol`).
    """

    name = "redis"

    def __init__(self, url: str) -> None:
        self._client: Redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_S,
            socket_connect_timeout=ANSWER_S,
            retry=Retry(NoBackoff(), 1),  # a connection that was cut while it lay idle
        )
        self._away_until = 0.0

    @property
    def number(self) -> int:
        """The number of the database, which keeps instances that share a Redis apart."""
        return int(self._client.connection_pool.connection_kwargs.get("db", 0))

    def ask(self, question: Callable[[Redis], Answer]) -> Answer:
        """Return Redis' answer. Raises RedisAway, at once for five seconds after a failure."""
        if monotonic() < self._away_until:
            raise RedisAway
        try:
            return question(self._client)
        except RedisError as error:
            self._away_until = monotonic() + AWAY_S
            _log.error("redis_away", error=type(error).__name__)
            raise RedisAway from error

    def check(self) -> str | None:
        """Return what is wrong while Redis does not answer."""
        try:
            self._client.ping()
        except RedisError:
            return translate("core.kit.redis_away")
        return None

    def close(self) -> None:
        """Close all connections."""
        self._client.close()
