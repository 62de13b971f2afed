"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.kit.clock_offset import stored_offset
from app.kit.clocks import Clocks, configure_clocks

from .jobs import JOBS
from .notes import NOTE, deliver, router

FOLDER = Path(__file__).parent


def _follow_the_row() -> None:
    configure_clocks(Clocks(read_offset=stored_offset))


MODULE = ModuleDefinition(
    code="clockwork",
    folder=FOLDER,
    routers=(router,),
    jobs=JOBS,
    outbox_handlers={NOTE: deliver},
    on_start=_follow_the_row,
    migrations=FOLDER / "migrations",
)
