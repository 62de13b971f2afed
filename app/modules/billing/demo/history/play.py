"""Playing the history: everybody's scenes in the order of their days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import itemgetter

from app.contracts.demo import DemoPlan
from app.contracts.tenants import StoreRef
from app.kit.clocks import system_now
from app.kit.db import unit_of_work
from app.modules.billing.demo.history.cast import CAST
from app.modules.billing.demo.history.scenes import Scene
from app.modules.billing.demo.history.stage import Stage, past_stage, silent_webhooks
from app.modules.billing.demo.history.trials import date_trial
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.stripe_setup.setup import set_up_stripe
from app.modules.tenancy.public import every_store

OWNER = Actor("demo")
LOCALE = "de"

Tell = Callable[[int, int], None]


def play_history(plan: DemoPlan, *, base_url: str, tell: Tell) -> None:
    """Set the sandbox up and let the cast live through the last year, up to now.

    The sandbox must stand `HISTORY_DAYS` in the past. Webhooks are silent meanwhile: events are
    read where Stripe lists them, and worked on as ever. `tell` hears how many of all scenes are
    played.
    """
    set_up_stripe(base_url=base_url)
    stores = _first_stores()
    scenes = [(day, part.store, scene) for part in CAST for day, scene in part.scenes]
    scenes.sort(key=itemgetter(0))
    with silent_webhooks(), past_stage() as stage:
        _begin_trials(stores, plan)
        for number, (day, store, scene) in enumerate(scenes):
            at = plan.now + timedelta(days=day)
            _play(stage, at, scene, buyer=Buyer(stores[store], OWNER, LOCALE, base_url))
            tell(number + 1, len(scenes))
        stage.move_to(system_now())


def _play(stage: Stage, at: datetime, scene: Scene, *, buyer: Buyer) -> None:
    stage.move_to(at)
    scene(buyer)
    stage.take_in(at)


def _first_stores() -> dict[str, StoreRef]:
    with unit_of_work(read_only=True) as work:
        return {store.code: store for store in every_store(work)}


def _begin_trials(stores: dict[str, StoreRef], plan: DemoPlan) -> None:
    """Date the trials that signing up began today to the days on which the cast signed up."""
    with unit_of_work() as work:
        for part in CAST:
            began = plan.now + timedelta(days=part.began)
            date_trial(work, stores[part.store].owner, began=began)
