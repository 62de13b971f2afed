"""What one process read of a merchant's plan, for all the others (D18).

After a start, or after a change of a whole platform, every process needs every merchant's plan
anew. Where processes share a cache, the first one reads it, and the others ask the database only
which version is in force. Kept are the rows' facts, not what follows from them: each process
decides by its own clock, settings and features.
"""

import json
from datetime import timedelta
from hashlib import sha256

from prometheus_client import Counter
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.measures import REGISTRY
from app.kit.shared import SharedCache, shared_cache
from app.modules.billing.repositories import entitlement_rows as rows
from app.modules.billing.services.entitlement_facts import Facts, read_facts
from app.modules.billing.services.load_entitlements import (
    Loaded,
    load_entitlements,
    loaded_of,
)

LIFE = timedelta(minutes=10)
_READINGS = Counter(
    "tierline_shared_plans",
    "Plans that this process needed anew: found as another one read them, or read by itself.",
    ["how"],
    registry=REGISTRY,
)
_FACTS = TypeAdapter(Facts)
# Processes of two releases, side by side for a while, do not read each other's facts.
_FORM = sha256(json.dumps(_FACTS.json_schema()).encode()).hexdigest()[:12]


def load_committed(session: Session, owner: Owner) -> Loaded:
    """Read and merge what a merchant has, in a unit that has written nothing.

    A writer may not come this way: its own versions are nobody else's until it commits.
    """
    cache = shared_cache()
    if cache is None:
        return load_entitlements(session, owner)
    version = rows.read_version(session, owner)
    facts = kept(cache, owner, version.label)
    _READINGS.labels("read" if facts is None else "found").inc()
    if facts is None:
        facts = read_facts(session, owner)
        keep(cache, owner, version.label, facts=facts)
    return loaded_of(facts, version.stamp)


def kept(cache: SharedCache, owner: Owner, label: str) -> Facts | None:
    """Return the facts of this very version of a merchant, if some process kept them."""
    found = cache.get(_key(owner))
    if found is None:
        return None
    found_label, _, facts = found.partition(b"\n")
    if found_label != label.encode():
        return None
    try:
        return _FACTS.validate_json(facts)
    except ValidationError:
        return None


def keep(cache: SharedCache, owner: Owner, label: str, *, facts: Facts) -> None:
    """Keep facts that were read after the version was, so that they are never older than it.

    Where no version was ever begun, nothing tells the merchant from one of another database.
    """
    if label:
        cache.put(_key(owner), label.encode() + b"\n" + _FACTS.dump_json(facts), life=LIFE)


def _key(owner: Owner) -> str:
    return f"entitlements:{_FORM}:{owner.platform_id}:{owner.merchant_id}"
