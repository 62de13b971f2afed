"""Test clocks: time that moves when it is told to."""

from sandbox.engine.clocks import delete_clock, make_clock, start_advance
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.lists import PAGING, list_page

PATH = "/v1/test_helpers/test_clocks"


@endpoint("POST", PATH, "test_helpers.TestClockCreateParams", covers="frozen_time name")
def create_test_clock(work: Transaction, params: Json) -> Json:
    """A clock that stands still until it is advanced."""
    return make_clock(work, frozen_time=params["frozen_time"], name=params.get("name"))


@endpoint("GET", PATH + "/{id}", "test_helpers.TestClockRetrieveParams")
def retrieve_test_clock(work: Transaction, _params: Json, object_id: str) -> Json:
    """One clock: `ready` once everything up to its time has happened."""
    return work.get("test_helpers.test_clock", object_id)


@endpoint(
    "POST", PATH + "/{id}/advance", "test_helpers.TestClockAdvanceParams", covers="frozen_time"
)
def advance_test_clock(work: Transaction, params: Json, object_id: str) -> Json:
    """Start to move a clock; everything that is due on the way happens in order."""
    clock = work.get("test_helpers.test_clock", object_id)
    start_advance(work, clock, params["frozen_time"])
    work.clocks_to_move.append(object_id)
    return clock


@endpoint("DELETE", PATH + "/{id}", "test_helpers.TestClockDeleteParams")
def delete_test_clock(work: Transaction, _params: Json, object_id: str) -> Json:
    """Forget a clock with its customers and all that is theirs."""
    return delete_clock(work, work.get("test_helpers.test_clock", object_id))


@endpoint("GET", PATH, "test_helpers.TestClockListParams", covers=PAGING)
def list_test_clocks(work: Transaction, params: Json) -> Json:
    """Clocks, newest first."""
    return list_page(work, "test_helpers.test_clock", params, url=PATH)
