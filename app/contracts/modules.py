"""How a module describes itself to bootstrap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.contracts.demo import DemoSeeder
from app.contracts.features import FeatureGateProtocol, FeatureProviderProtocol
from app.contracts.hooks import (
    MerchantCreatedHook,
    PlatformCreatedHook,
    StoreDeletedHook,
    StoreRestoredHook,
)
from app.contracts.media import MediaUsageProviderProtocol
from app.contracts.metrics import HealthCheckProtocol, MetricsProviderProtocol
from app.contracts.navigation import NavigationEntry
from app.contracts.panels import Panel
from app.contracts.people import PersonalDataProtocol
from app.contracts.permissions import Permission

if TYPE_CHECKING:
    from fastapi import APIRouter

    from app.kit.http.hot_intake import HotIntake
    from app.kit.http.hot_lane import HotAnswer
    from app.kit.jobs import FailureHook, Job
    from app.kit.outbox import DeadHook, OutboxHandler
    from app.kit.settings import SettingsGroup


@dataclass(frozen=True)
class ModuleDefinition:
    """Everything that bootstrap needs to plug a module in.

    `folder` holds `templates/`, `static/` and `locales/` where they exist. `migrations` is set by
    modules of other distributions alone: the product's own share one history. A `required`
    module cannot be disabled. `hot_answers` are answers to programs that are known already, by the
    beginning of their addresses, `hot_intakes` take in what programs send to one address; each has
    an ordinary route too. `turns` is further background work by name: functions that answer True
    while there is more; `job_failed` and `message_dead` are told, in the same unit of work, when a
    job or a message of the outbox is given up; `on_start` and `on_stop` run around the life of a
    web process.
    """

    code: str
    folder: Path
    required: bool = False
    routers: Sequence["APIRouter"] = ()
    hot_answers: "Mapping[str, HotAnswer]" = field(default_factory=dict)
    hot_intakes: "Mapping[str, HotIntake]" = field(default_factory=dict)
    permissions: Sequence[Permission] = ()
    navigation: Sequence[NavigationEntry] = ()
    panels: Sequence[Panel] = ()
    jobs: Sequence["Job"] = ()
    outbox_handlers: "dict[str, OutboxHandler]" = field(default_factory=dict)
    job_failed: "FailureHook | None" = None
    message_dead: "DeadHook | None" = None
    settings: "type[SettingsGroup] | None" = None
    features: FeatureProviderProtocol | None = None
    gate: FeatureGateProtocol | None = None
    turns: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    on_start: Callable[[], None] | None = None
    on_stop: Callable[[], None] | None = None
    metrics: MetricsProviderProtocol | None = None
    media_usage: MediaUsageProviderProtocol | None = None
    health_checks: Sequence[HealthCheckProtocol] = ()
    personal_data: PersonalDataProtocol | None = None
    merchant_created: MerchantCreatedHook | None = None
    platform_created: PlatformCreatedHook | None = None
    store_deleted: StoreDeletedHook | None = None
    store_restored: StoreRestoredHook | None = None
    page_context: Callable[[Any], dict[str, Any]] | None = None
    authenticator: Callable[[Any], Any] | None = None
    migrations: Path | None = None
    demo: DemoSeeder | None = None
