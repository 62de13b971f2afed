"""Events: what happened, kept as an object, with one delivery for each endpoint that wants it."""

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json, compact
from sandbox.store.transaction import Transaction
from sandbox.webhooks.chaos import CALM, Chaos, copies
from sandbox.wire.versions import NEWEST


class EventRecorder:
    """Keeps events and queues their deliveries."""

    def __init__(self, chaos: Chaos = CALM) -> None:
        self.chaos = chaos

    def __call__(self, work: Transaction, event_type: str, data: str) -> None:
        """Keep an event of the business time of `work`; it leaves after the commit."""
        event_id = work.new_id("event")
        number = work.next_number("events")
        wanted = [each for each in work.endpoints() if wants(each, event_type)]
        event = blank(
            "event",
            event_id,
            api_version=NEWEST,
            created=work.now,
            pending_webhooks=len(wanted),
            request=work.request,
            type=event_type,
        )
        work.add_text("event", event_id, f'{compact(event)[:-1]},"data":{data}}}')
        for endpoint in wanted:
            self._queue(work, event_id, endpoint, number)

    def _queue(self, work: Transaction, event_id: str, endpoint: Json, number: int) -> None:
        planned = copies(self.chaos, number, api_version=endpoint["api_version"])
        work.connection.executemany(
            "INSERT INTO delivery (event_id, endpoint_id, position, state, api_version)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (
                    event_id,
                    endpoint["id"],
                    copy.position,
                    "dropped" if copy.lost else "waiting",
                    copy.api_version,
                )
                for copy in planned
            ],
        )


def wants(endpoint: Json, event_type: str) -> bool:
    """Whether an enabled endpoint asked for this type of event."""
    if endpoint["status"] != "enabled":
        return False
    return "*" in endpoint["enabled_events"] or event_type in endpoint["enabled_events"]
