"""What applying a file of tiers changes, as people read it and as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.console import print_result
from app.modules.billing.public import TierDifference, TierImpact, said_feature


@dataclass(frozen=True)
class PlanChanges:
    """The tiers that differ, and whom lower limits would put over them (D26)."""

    found: Sequence[TierDifference]
    hit: Sequence[TierImpact]

    def tell(self, *, applied: bool, as_json: bool) -> None:
        """Print all of it."""
        result = {
            "applied": applied,
            "tiers": [_as_json(one) for one in self.found],
            "impact": [vars(one) for one in self.hit],
        }
        lines = [line for one in self.found for line in _lines(one)]
        lines += [
            f"{one.tier}: merchants over their limits: {one.over} ({', '.join(one.features)})"
            for one in self.hit
        ]
        print_result(result, "\n".join(lines) or "Nothing differs.", as_json=as_json)


def _as_json(one: TierDifference) -> dict[str, Any]:
    return {
        "code": one.code,
        "change": one.kind,
        "fields": {name: {"before": old, "after": new} for name, (old, new) in one.fields.items()},
        "features": {
            code: {"before": said_feature(old), "after": said_feature(new)}
            for code, (old, new) in one.features.items()
        },
    }


def _lines(one: TierDifference) -> Iterator[str]:
    yield f"{one.code}: {one.kind}"
    for field, (old, new) in one.fields.items():
        for name, before, after in _single(field, old, new):
            was = "" if one.before is None else f"{_text(before)} → "
            yield f"  {name}: {was}{_text(after)}"
    for code, (had, gets) in one.features.items():
        yield f"  {code}: {said_feature(had)} → {said_feature(gets)}"


def _text(value: object) -> str:
    return value if isinstance(value, str) and value else json.dumps(value)


def _single(name: str, old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """Yield what differs of one field; of texts, by language."""
    if not isinstance(new, Mapping):
        yield name, old, new
        return
    before = old if isinstance(old, Mapping) else {}
    for locale in dict.fromkeys([*before, *new]):
        if before.get(locale) != new.get(locale):
            yield f"{name}.{locale}", before.get(locale), new.get(locale)
