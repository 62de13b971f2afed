"""Where somebody may go: administration, merchants, stores.

For the switch in the top bar, and for the rail of pages that play in none of them.
"""

from dataclasses import dataclass, replace

from app.kit.i18n import translate
from app.modules.tenancy.services.account import own_merchants, own_stores
from app.modules.tenancy.services.identity import Identity


@dataclass(frozen=True)
class Place:
    """One entry of the switch."""

    label: str
    href: str
    icon: str
    is_current: bool = False


def own_places(
    identity: Identity, *, here: str = "", merchant_page: str = "/merchant"
) -> list[Place]:
    """Return the places of a person, `here` being the address of the present one.

    Merchants are entered at `merchant_page`.
    """
    is_admin = identity.is_super_admin or bool(identity.admin_grants)
    found = [Place(translate("tenancy.place.admin"), "/admin", icon="shield")] if is_admin else []
    found += [
        Place(
            translate("tenancy.place.merchant", name=one.name),
            f"{merchant_page}?merchant_id={one.id}",
            icon="building-2",
        )
        for one in own_merchants(identity)
    ]
    found += [Place(one.name, f"/store/{one.code}", icon="store") for one in own_stores(identity)]
    return [replace(place, is_current=place.href == here) for place in found]
