"""Events: what happened, kept as an object, with one delivery for each endpoint that wants it."""

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.webhooks.chaos import CALM, Chaos, copies
from sandbox.wire.versions import NEWEST


class EventRecorder:
    """Keeps events and queues their deliveries."""

    def __init__(self, chaos: Chaos = CALM) -> None:
        self.chaos = chaos

    def __call__(self, work: Transaction, event_type: str, data: Json) -> None:
        """Keep an event of the business time of `work`; it leaves after the commit."""
        number = work.next_number("events")
        event = blank(
            "event",
            work.new_id("event"),
            api_version=NEWEST,
            created=work.now,
            data=data,
            pending_webhooks=0,
            request=dict(work.request),
            type=event_type,
        )
        for endpoint in work.endpoints():
            if wants(endpoint, event_type):
                event["pending_webhooks"] += self._queue(work, event, endpoint, number)
        work.add(event)

    def _queue(self, work: Transaction, event: Json, endpoint: Json, number: int) -> int:
        planned = copies(self.chaos, number, api_version=endpoint["api_version"])
        work.connection.executemany(
            "INSERT INTO delivery (event_id, endpoint_id, position, state, api_version)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (
                    event["id"],
                    endpoint["id"],
                    copy.position,
                    "dropped" if copy.lost else "waiting",
                    copy.api_version,
                )
                for copy in planned
            ],
        )
        return 1


def wants(endpoint: Json, event_type: str) -> bool:
    """Whether an enabled endpoint asked for this type of event."""
    if endpoint["status"] != "enabled":
        return False
    return "*" in endpoint["enabled_events"] or event_type in endpoint["enabled_events"]
