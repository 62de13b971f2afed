"""Business time of a demo: read it, move it ahead (S21)."""

from typing import Annotated

from fastapi import Depends

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import InvalidInput, NotFound
from app.kit.http.router import api_router
from app.kit.i18n import translate
from app.modules.billing.schemas.demo_clock import ClockErrorOut, ClockMoveIn, ClockOut
from app.modules.billing.services.demo_clock.begin import begin_move
from app.modules.billing.services.demo_clock.existence import has_demo_clock
from app.modules.billing.services.demo_clock.state import ClockState, clock_state
from app.modules.billing.services.demo_clock.target import Days, Instant, Moment, Until, Wish
from app.modules.tenancy.public import Identity, get_known_store, identify


def _beside_sandbox(identity: Annotated[Identity, Depends(identify)]) -> Identity:
    """Return who asks. Raises NotSignedIn, NotFound where time cannot be moved."""
    if not has_demo_clock():
        raise NotFound
    return identity


router = api_router("/demo", "Demo")
Mover = Annotated[Identity, Depends(_beside_sandbox)]


@router.get("/clock")
def get_clock(_mover: Mover) -> ClockOut:
    """Business time, and whether it moves; there is such a clock with the sandbox alone."""
    with unit_of_work(read_only=True) as work:
        return _out(clock_state(work))


@router.post("/clock", status_code=202)
def post_clock(body: ClockMoveIn, mover: Mover) -> ClockOut:
    """Begin to move business time ahead; what is due on the way happens. Ask again for progress."""
    with unit_of_work() as work:
        return _out(begin_move(work, _wish(work, body, mover)))


def _wish(work: UnitOfWork, body: ClockMoveIn, mover: Identity) -> Wish:
    given = [one for one in (body.to, body.advance_days, body.until) if one is not None]
    if len(given) != 1:
        raise InvalidInput.at("", "one_way_to_move_the_clock")
    if body.to is not None:
        return Instant(body.to)
    if body.advance_days is not None:
        return Days(body.advance_days)
    moment = Moment(str(body.until))
    if body.store_code is None:
        return Until(moment)
    return Until(moment, get_known_store(work, mover, body.store_code).owner)


def _out(state: ClockState) -> ClockOut:
    return ClockOut(
        now=state.now,
        moving=state.target is not None,
        target=state.target,
        error=None if state.error is None else _error_out(state.error),
    )


def _error_out(code: str) -> ClockErrorOut:
    return ClockErrorOut(error_code=code, detail=translate(f"errors.{code}"))
