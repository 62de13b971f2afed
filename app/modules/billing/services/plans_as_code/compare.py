"""What applying a file would change; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.modules.billing.services.plans_as_code.document import TierPlan, is_absent
from app.modules.billing.services.tier_limits import LimitEntry


@dataclass(frozen=True)
class TierDifference:
    """One tier that is new, gone or changed: fields as (before, after), features to write."""

    code: str
    before: TierPlan | None
    after: TierPlan | None
    fields: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    features: Mapping[str, tuple[LimitEntry, LimitEntry]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`new`, `gone` or `changed`."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"


def compare(before: Mapping[str, TierPlan], after: Mapping[str, TierPlan]) -> list[TierDifference]:
    """Return the tiers that differ, in the order of the file, those that go at the end."""
    wanted = [_difference(before.get(code), tier) for code, tier in after.items()]
    gone = [TierDifference(code, tier, None) for code, tier in before.items() if code not in after]
    return [one for one in wanted if one.fields or one.features or one.before is None] + gone


def _difference(before: TierPlan | None, after: TierPlan) -> TierDifference:
    old = {} if before is None else before.fields
    fields = {
        name: (old.get(name), value)
        for name, value in after.fields.items()
        if before is None or old[name] != value
    }
    old_features = {} if before is None else before.features
    codes = dict.fromkeys([*old_features, *after.features])
    features = {
        code: (_entry(old_features, code), _entry(after.features, code))
        for code in codes
        if _entry(old_features, code) != _entry(after.features, code)
    }
    return TierDifference(after.code, before, after, fields, features)


def _entry(features: Mapping[str, LimitEntry], code: str) -> LimitEntry:
    """What is not named is not in the tier."""
    entry = features.get(code)
    return LimitEntry(code, None, enabled=False) if entry is None or is_absent(entry) else entry
