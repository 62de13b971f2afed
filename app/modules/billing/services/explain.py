"""Why a feature is open or closed (D41)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, Reason
from app.contracts.tenants import Owner
from app.modules.billing.services.entitlements import Entitlements
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Part
from app.modules.billing.services.load_entitlements import load_entitlements
from app.modules.billing.services.usage import read_usage


@dataclass(frozen=True)
class Explanation:
    """A decision with everything that led to it; `limit` None is unlimited."""

    code: str
    allowed: bool
    reason: Reason
    limit: int | None
    current: int
    parts: tuple[Part, ...]


def explain_all(session: Session, owner: Owner) -> list[Explanation]:
    """Explain every feature for one more unit, in order of declaration; a fixed set of queries."""
    loaded = load_entitlements(session, owner)
    usage = read_usage(session, owner, loaded.windows)
    return [
        explanation(loaded.entitlements, one, usage.get(one.code, 0))
        for one in registry().declarations.values()
    ]


def explanation(
    entitlements: Entitlements, declaration: FeatureDeclaration, used: int | None
) -> Explanation:
    """Explain one feature; the status of the subscription is a part of every decision."""
    answer = entitlements.answer(declaration, used)
    limit = entitlements.limits[declaration.code]
    status = Part("status", entitlements.access.value, entitlements.is_open)
    return Explanation(
        declaration.code,
        answer.allowed,
        answer.reason,
        answer.limit,
        answer.current,
        (*limit.parts, status),
    )
