"""Sharing by Redis, which may be away at any moment."""

from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import cast

from redis import Redis

from app.kit.redis_link import AWAY_S, PREFIX, RedisAway, RedisLink
from app.kit.shared.broadcast import Hear

WAIT_S = 0.4  # so long at most until a listener sees that it shall stop


class CacheInRedis:
    """Values in Redis, which drops them when their life is over, or earlier when it is full."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    def get(self, key: str) -> bytes | None:
        """As `SharedCache.get`."""
        try:
            return cast("bytes | None", self._link.ask(lambda redis: redis.get(_name(key))))
        except RedisAway:
            return None

    def put(self, key: str, value: bytes, *, life: timedelta) -> None:
        """As `SharedCache.put`."""
        with suppress(RedisAway):
            self._link.ask(lambda redis: redis.set(_name(key), value, px=life))


class BroadcastInRedis:
    """Messages by Redis; its channels know no database numbers, so their names tell them."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    def tell(self, channel: str, text: str) -> None:
        """As `Broadcast.tell`."""
        with suppress(RedisAway):
            self._link.ask(lambda redis: redis.publish(self._name(channel), text))

    def listen(self, channel: str, hear: Hear, stop: Event) -> None:
        """As `Broadcast.listen`; while Redis is away nothing is heard, and it goes on after."""
        while not stop.is_set():
            try:
                self._link.ask(lambda redis: self._hear(redis, channel, hear, stop))
            except RedisAway:
                stop.wait(AWAY_S)

    def _hear(self, redis: Redis, channel: str, hear: Hear, stop: Event) -> None:
        with redis.pubsub(ignore_subscribe_messages=True) as messages:  # type: ignore[no-untyped-call]
            messages.subscribe(self._name(channel))
            while not stop.is_set():
                message = messages.get_message(timeout=WAIT_S)
                if message is not None:
                    hear(message["data"].decode())

    def _name(self, channel: str) -> str:
        return f"{channel}:{self._link.number}"


def _name(key: str) -> str:
    return f"{PREFIX}cache:{key}"
