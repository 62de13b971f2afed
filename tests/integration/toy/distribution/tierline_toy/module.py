"""What bootstrap reads of this module."""

from pathlib import Path
from typing import Any

from pydantic import Field

from app.contracts.modules import ModuleDefinition
from app.contracts.navigation import Area, NavigationEntry
from app.contracts.permissions import ADMINS, Permission
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, StepJob
from app.kit.settings import SettingsGroup

from .features import ToyFeatures
from .models import ToyBell
from .routes import RING, VIEW, api, pages

FOLDER = Path(__file__).parent


class ToySettings(SettingsGroup):
    """How the toy behaves."""

    toy_loudness: int = Field(1, ge=1, le=10, description="From 1 to 10.")


def ring_nightly(work: UnitOfWork, _run: JobRun) -> Done:
    """Leave a row behind."""
    work.session.add(ToyBell(text="nightly", rung_at=business_now()))
    return Done({"rung": 1})


def page_context(_request: Any) -> dict[str, Any]:
    """What every page is given while this module runs."""
    return {"toy_is_here": True}


MODULE = ModuleDefinition(
    code="toy",
    folder=FOLDER,
    routers=(api, pages),
    permissions=(
        Permission(VIEW, ADMINS, scope="admin:read"),
        Permission(RING, frozenset(), scope="admin:write"),
    ),
    navigation=(
        NavigationEntry(
            Area.ADMIN, "toy.navigation.group", "toy.title", "/admin/toy", "bell", VIEW, order=900
        ),
    ),
    jobs=(StepJob(name="toy.ring_nightly", schedule="0 3 * * *", step=ring_nightly),),
    settings=ToySettings,
    features=ToyFeatures(),
    page_context=page_context,
    migrations=FOLDER / "migrations",
)
