"""Writing media's demo data; counters are recounted when all modules are done."""

import hashlib
from collections.abc import Sequence

from app.contracts.demo import DemoPlan
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.demo.drawings import GOODS, draw
from app.modules.media.gateways.storage import media_storage
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.totals import add_to_space, add_to_total
from app.modules.media.services.file_rows import add_file, add_objects, keys_for
from app.modules.media.services.renditions import Renditions, render_file
from app.modules.tenancy.public import named_stores

STORES = ("weber", "muller")
FOLDER = "Products"


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Give two stores a picture of everything that demo stores sell."""
    drawn = [_drawn(name) for name in GOODS]
    for store in named_stores(work):
        if store.code in STORES:
            _keep(work, plan, store, drawn)


def _drawn(name: str) -> tuple[str, str, Renditions]:
    content = draw(name)
    file_name = f"{name}.jpg"
    return file_name, hashlib.sha256(content).hexdigest(), render_file(content, name=file_name)


def _keep(
    work: UnitOfWork, plan: DemoPlan, store: StoreRef, drawn: Sequence[tuple[str, str, Renditions]]
) -> None:
    for name, content_hash, renditions in drawn:
        keys = keys_for(store, content_hash, renditions)
        for key, one in zip(keys, renditions.objects, strict=True):
            media_storage().put(key, one.content)
        file = add_file(
            work,
            store,
            name=name,
            folder=FOLDER,
            content_hash=content_hash,
            renditions=renditions,
            at=plan.now,
        )
        add_objects(work, file, renditions, keys)
        amount = Amount(1, len(keys), renditions.byte_size)
        add_to_total(work.session, store, amount, folder=FOLDER, kind=renditions.kind)
        add_to_space(work.session, store.owner, renditions.byte_size)
