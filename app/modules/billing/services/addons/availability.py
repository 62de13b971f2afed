"""Whether a domain name can be bought, before anybody tries (D30)."""

from dataclasses import dataclass

from app.kit.db import unit_of_work
from app.modules.billing.gateways.domains import is_available
from app.modules.billing.repositories import addons
from app.modules.billing.services.addons.domain_names import Unfit, read_domain_name


@dataclass(frozen=True)
class Availability:
    """What is known of a name; `reason` names the text `validation.<reason>`.

    `available` is None where nobody could be asked: it may be bought all the same.
    """

    name: str
    shown: str
    valid: bool
    available: bool | None
    reason: str | None = None


def check_availability(typed: str) -> Availability:
    """Look the name up here, then outside; nothing is reserved by that."""
    name = read_domain_name(typed)
    if isinstance(name, Unfit):
        return Availability(typed, typed, valid=False, available=None, reason=f"domain_{name}")
    with unit_of_work(read_only=True) as work:
        is_taken = addons.name_is_held(work.session, name.ascii)
    available = False if is_taken else is_available(name.ascii)
    reason = {True: None, False: "domain_taken", None: "domain_unknown"}[available]
    return Availability(name.ascii, name.shown, valid=True, available=available, reason=reason)
