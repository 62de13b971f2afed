"""Events in Redis, so that all processes count together."""

from datetime import timedelta
from uuid import uuid4

from redis import Redis

from app.kit.clocks import system_now
from app.kit.rate_limit.events import Rate, Record
from app.kit.rate_limit.in_process import EventsInProcess
from app.kit.redis_link import PREFIX, RedisAway, RedisLink

MICROSECOND = timedelta(microseconds=1)

# One sorted set for each key: the events by their time. Redis runs a script as one step.
ASK = """
local key, now, window, limit = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
local wait = -1
if redis.call('ZCARD', key) >= limit then
  wait = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2] + window - now
end
if ARGV[4] == 'always' or (ARGV[4] == 'if_room' and wait < 0) then
  redis.call('ZADD', key, now, ARGV[5])
  redis.call('ZREMRANGEBYRANK', key, 0, -limit - 1)
  redis.call('PEXPIRE', key, math.ceil(window / 1000))
end
return wait
"""


class EventsInRedis:
    """Shared by all processes; while Redis is away, this process counts for itself.

    What Redis counted through this process is counted here too, so that its going away gives
    nobody a fresh start.
    """

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._here = EventsInProcess()

    def ask(self, key: str, rate: Rate, *, record: Record) -> timedelta | None:
        """As `Events.ask`."""
        try:
            wait = self._link.ask(lambda redis: _ask(redis, key, rate, record))
        except RedisAway:
            return self._here.ask(key, rate, record=record)
        if record == "always" or (record == "if_room" and wait is None):
            self._here.ask(key, rate, record="always")
        return wait


def _ask(redis: Redis, key: str, rate: Rate, record: Record) -> timedelta | None:
    now = int(system_now().timestamp() * 1_000_000)
    window = rate.window // MICROSECOND
    ask = redis.register_script(ASK)
    arguments = [now, window, rate.limit, record, f"{now}-{uuid4().hex}"]
    wait = int(ask(keys=[f"{PREFIX}rate:{key}"], args=arguments))
    return wait * MICROSECOND if wait >= 0 else None
