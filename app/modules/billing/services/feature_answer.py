"""One feature for one merchant, with the way out where it is closed."""

from dataclasses import dataclass
from datetime import datetime

from app.contracts.features import FeatureAnswer, UpgradeOffer
from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.services.explain import explanation
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Part
from app.modules.billing.services.offers import find_offer
from app.modules.billing.services.tables import tables


@dataclass(frozen=True)
class AnsweredFeature:
    """An advisory answer with its instant, its ingredients (D41) and the tier that would help."""

    answer: FeatureAnswer
    as_of: datetime
    parts: tuple[Part, ...]
    offer: UpgradeOffer | None


def answer_feature(owner: Owner, code: str) -> AnsweredFeature:
    """Answer from the decision table; a closed feature costs one query for the offer.

    Raises FeatureNotFound.
    """
    declaration = registry().get(code)
    table = tables().table(owner, with_usage=True)
    answer = table.answers[code]
    parts = explanation(table.loaded.entitlements, declaration, answer.current).parts
    return AnsweredFeature(
        answer, table.as_of(code), parts, None if answer.allowed else _offer(owner, answer)
    )


def _offer(owner: Owner, answer: FeatureAnswer) -> UpgradeOffer | None:
    with unit_of_work(read_only=True) as work:
        declaration = registry().get(answer.code)
        return find_offer(work.session, owner.platform_id, declaration, used=answer.current)
