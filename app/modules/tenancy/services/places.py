"""Where somebody may go: administration, merchants, stores; for the switch in the top bar."""

from dataclasses import dataclass

from app.kit.i18n import translate
from app.modules.tenancy.services.account import own_merchants, own_stores
from app.modules.tenancy.services.identity import Identity


@dataclass(frozen=True)
class Place:
    """One entry of the switch."""

    label: str
    href: str
    is_current: bool


def own_places(identity: Identity, *, here: str = "") -> list[Place]:
    """Return the places of a person, `here` being the address of the present one."""
    is_admin = identity.is_super_admin or bool(identity.admin_grants)
    found = [(translate("tenancy.place.admin"), "/admin")] if is_admin else []
    found += [
        (translate("tenancy.place.merchant", name=one.name), f"/merchant?merchant_id={one.id}")
        for one in own_merchants(identity)
    ]
    found += [(one.name, f"/store/{one.code}") for one in own_stores(identity)]
    return [Place(label, href, href == here) for label, href in found]
