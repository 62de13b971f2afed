"""All declared features, in the order of the modules, and who reports their usage."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from app.contracts.features import (
    FeatureDeclaration,
    FeatureProviderProtocol,
    FeatureType,
    Per,
    feature_providers,
)
from app.modules.billing.exceptions import FeatureNotFound
from app.modules.billing.services.kinds import has_counter


class FeatureRegistry:
    """Features of the enabled modules; built once from the connected providers."""

    def __init__(self, providers: Sequence[FeatureProviderProtocol]) -> None:
        self.providers = providers

    @cached_property
    def declarations(self) -> Mapping[str, FeatureDeclaration]:
        """Every feature by code, in order of declaration."""
        return {one.code: one for provider in self.providers for one in provider.declare()}

    @cached_property
    def _owners(self) -> Mapping[str, FeatureProviderProtocol]:
        return {one.code: provider for provider in self.providers for one in provider.declare()}

    @cached_property
    def quantitative(self) -> Sequence[FeatureDeclaration]:
        """Features with a number, in order of declaration."""
        return [
            one
            for one in self.declarations.values()
            if one.feature_type is FeatureType.QUANTITATIVE
        ]

    @cached_property
    def with_counter(self) -> Sequence[FeatureDeclaration]:
        """Features whose usage is kept in counters."""
        return [one for one in self.quantitative if has_counter(one)]

    @cached_property
    def told(self) -> Sequence[FeatureDeclaration]:
        """Features whose usage only their module can tell."""
        return [
            one for one in self.quantitative if one.per is Per.MERCHANT and not has_counter(one)
        ]

    @cached_property
    def steady(self) -> Sequence[FeatureDeclaration]:
        """Features that nothing uses up: those without a number, or with one for each item."""
        used_up = {one.code for one in (*self.with_counter, *self.told)}
        return [one for one in self.declarations.values() if one.code not in used_up]

    def get(self, code: str) -> FeatureDeclaration:
        """Return a declaration. Raises FeatureNotFound."""
        declaration = self.declarations.get(code)
        if declaration is None:
            raise FeatureNotFound(feature_code=code)
        return declaration

    def provider_of(self, code: str) -> FeatureProviderProtocol:
        """Return who reports the usage of a declared feature."""
        return self._owners[code]


_registry: FeatureRegistry | None = None


def registry() -> FeatureRegistry:
    """Return the registry of the connected providers."""
    global _registry
    providers = feature_providers()
    if _registry is None or _registry.providers is not providers:
        _registry = FeatureRegistry(providers)
    return _registry
