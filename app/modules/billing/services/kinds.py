"""Kinds of features; each decides for itself whether something fits (pure)."""

from typing import Protocol

from app.contracts.features import Enforcement, FeatureDeclaration, FeatureType, Per, Reason
from app.modules.billing.services.limits import Limit


class Kind(Protocol):
    """How one kind of feature decides."""

    def decide(self, limit: Limit, used: int, wanted: int) -> Reason:
        """Return OK, or why `wanted` more units do not fit beside `used`."""


class Binary:
    """On or off."""

    def decide(self, limit: Limit, used: int, wanted: int) -> Reason:
        """It is open when it is in the plan."""
        return _presence(limit)


class Counted:
    """A number that all items together may not pass."""

    def decide(self, limit: Limit, used: int, wanted: int) -> Reason:
        """None is unlimited, 0 is none (D8)."""
        present = _presence(limit)
        if present is not Reason.OK:
            return present
        fits = limit.value is None or used + wanted <= limit.value
        return Reason.OK if fits else Reason.LIMIT_REACHED


class PerItem:
    """A number that each single item may not pass; nothing is used up."""

    def decide(self, limit: Limit, used: int, wanted: int) -> Reason:
        """Only the item at hand counts."""
        return Counted().decide(limit, 0, wanted)


class Advisory:
    """A number that is shown and never refused (D16)."""

    def decide(self, limit: Limit, used: int, wanted: int) -> Reason:
        """It is open when it is in the plan, whatever is used."""
        return _presence(limit)


def kind_of(declaration: FeatureDeclaration) -> Kind:
    """Return the kind that a declaration describes."""
    if declaration.feature_type is FeatureType.BINARY:
        return Binary()
    if declaration.per is Per.ITEM:
        return PerItem()
    return Advisory() if declaration.enforcement is Enforcement.ADVISORY else Counted()


def has_counter(declaration: FeatureDeclaration) -> bool:
    """Whether usage is kept in a counter rather than asked of the provider."""
    return (
        declaration.feature_type is FeatureType.QUANTITATIVE
        and declaration.per is Per.MERCHANT
        and declaration.enforcement is not Enforcement.ADVISORY
    )


def _presence(limit: Limit) -> Reason:
    if limit.enabled:
        return Reason.OK
    return Reason.OVERRIDE_OFF if limit.switched_off else Reason.NOT_IN_PLAN
