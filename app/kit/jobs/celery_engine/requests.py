"""Asking Celery's workers for turns."""

import structlog
from celery import Celery
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

_log = structlog.get_logger(__name__)


class TurnRequests:
    """Puts at most one request for each turn into its queue.

    Whoever takes a waiting request will see what was committed before it was looked at, so a
    second one is not needed; and nothing piles up while no worker is there. While Redis is away
    requests are lost, and beat's next ones replace them.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._away = False

    def ask(self, turn: str) -> None:
        """Ask for a turn, unless a request for it is waiting."""
        try:
            self._publish(turn)
        except (KombuError, RedisError, OSError) as error:
            if not self._away:
                _log.error("redis_away", error=type(error).__name__)
            self._away = True
        else:
            self._away = False

    def _publish(self, turn: str) -> None:
        with self._app.producer_or_acquire() as producer:
            queue = self._app.amqp.queues[turn](producer.channel)
            queue.declare()  # a Redis that came back empty knows no queue any more
            if producer.channel.queue_declare(queue.name).message_count == 0:
                self._app.tasks[turn].apply_async(producer=producer)
