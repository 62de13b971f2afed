"""How many images a product may have; asked before the unit of work, since the gate may read."""

from collections.abc import Sequence

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.db import unit_of_work
from app.modules.catalog.repositories.products import get_product
from app.modules.catalog.services.product_draft import MAX_IMAGES_PER_PRODUCT


def allow_images(store: StoreRef, wanted: Sequence[int]) -> None:
    """Refuse a new product with more images than the plan allows for each.

    Raises what the gate refuses with.
    """
    if wanted:
        gate().require_per_item(store.owner, MAX_IMAGES_PER_PRODUCT, wanted=len(wanted))


def allow_changed_images(store: StoreRef, product_id: int, wanted: Sequence[int] | None) -> None:
    """Refuse more images than the plan allows; as many as there are, or fewer, always pass (D22).

    Raises ProductNotFound, and what the gate refuses with.
    """
    if not wanted:
        return
    with unit_of_work(read_only=True) as work:
        present = len(get_product(work.session, store, product_id).image_media_ids)
    if len(wanted) > present:
        allow_images(store, wanted)
