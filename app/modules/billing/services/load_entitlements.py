"""From what the rows say to what a merchant may do at this instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.features import Access
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.modules.billing.repositories import entitlement_rows as rows
from app.modules.billing.services.access import AccessSpan, access_at
from app.modules.billing.services.entitlement_facts import Facts, plan_with_tier, read_facts
from app.modules.billing.services.entitlements import Entitlements, entitle
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Limit
from app.modules.billing.services.windows import WindowRules
from app.modules.billing.settings import billing_settings


@dataclass(frozen=True)
class Loaded:
    """A merchant's entitlements with the version they were read at and how long they hold.

    `until` is business time: the instant at which our own clock alone changes them.
    """

    entitlements: Entitlements
    stamp: int
    until: datetime | None
    windows: WindowRules
    refuses_inbound: bool


def load_entitlements(session: Session, owner: Owner) -> Loaded:
    """Read and merge what a merchant has; seven queries whatever the plan.

    The version is read first: what changes while the rest is read makes it look older than it is,
    which costs one more reading and never an outdated answer.
    """
    stamp = rows.read_version(session, owner).stamp
    return loaded_of(read_facts(session, owner), stamp)


def loaded_of(facts: Facts, stamp: int) -> Loaded:
    """Decide by what the rows say, now and with the features that are declared here."""
    now = business_now()
    entitlements, until = entitle(
        list(registry().declarations.values()),
        access_at(facts.subscription, now, grace=billing_settings().billing_grace),
        plan=facts.plan,
        free_plan=facts.free_plan,
        now=now,
    )
    return Loaded(entitlements, stamp, until, facts.windows, facts.refuses_inbound)


def limits_with_tier(session: Session, owner: Owner, tier_id: int) -> Mapping[str, Limit]:
    """Return the limits that a merchant would have with another tier, its exceptions kept."""
    entitlements, _until = entitle(
        list(registry().declarations.values()),
        AccessSpan(Access.FULL),
        plan=plan_with_tier(session, owner, tier_id),
        free_plan=None,
        now=business_now(),
    )
    return entitlements.limits
