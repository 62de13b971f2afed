"""The Celery application: a task and a queue for each turn, and nothing else in them."""

from collections.abc import Mapping

from celery import Celery
from kombu import Queue

from app.kit.jobs.celery_engine.seats import Seats
from app.kit.jobs.turns import POLL_S, Turn, threads_of

PREFIX = "tierline"
SOCKET_S = 5.0  # longer than any answer takes, the blocking ones included


def celery_application(redis_url: str, turns: Mapping[str, Turn]) -> Celery:
    """Return an application whose tasks take the `turns`, and whose beat asks for each of them.

    A message says that there may be work and carries none: what is to be done is in the database,
    which also says who does it. So a message that is lost costs a sweep, one too many a look.
    """
    app = Celery(PREFIX, broker=redis_url, set_as_current=False)
    app.conf.update(
        broker_transport_options={
            "global_keyprefix": f"{PREFIX}:",
            "socket_connect_timeout": SOCKET_S,
            "socket_timeout": SOCKET_S,
        },
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # however long Redis is away
        worker_cancel_long_running_tasks_on_connection_loss=True,  # those acknowledged late: none
        worker_enable_remote_control=False,
        worker_prefetch_multiplier=1,
        worker_pool="threads",
        worker_concurrency=1 + sum(threads_of(name) for name in turns),  # a thread for every seat
        worker_redirect_stdouts=False,
        task_ignore_result=True,
        task_publish_retry=False,
        task_queues=[Queue(name) for name in turns],
        task_routes={name: {"queue": name} for name in turns},
        beat_schedule={name: {"task": name, "schedule": POLL_S} for name in turns},
    )
    for name, turn in turns.items():
        app.task(name=name, typing=False)(Seats(name, turn).take)
    return app
