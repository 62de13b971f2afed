"""Connecting what modules offer to the ports of contracts and kit; names no module."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.composition import permissions_of
from app.contracts.features import feature_providers, gate
from app.contracts.hooks import (
    merchant_created_hooks,
    platform_created_hooks,
    store_deleted_hooks,
    store_restored_hooks,
)
from app.contracts.media import media_usage_providers
from app.contracts.metrics import health_checks, metrics_providers
from app.contracts.modules import ModuleDefinition
from app.contracts.navigation import navigation
from app.contracts.panels import panels
from app.contracts.people import personal_data
from app.contracts.permissions import permissions
from app.kit import jobs, outbox
from app.kit.db import UnitOfWork
from app.kit.http.authentication import Gatekeeper, configure_gatekeeper
from app.kit.i18n import Catalogs, configure_catalogs
from app.kit.jobs import JOBS_TURN, Engine, FailureHook, InProcessEngine, JobRun, JobRunner, Turn
from app.kit.mail import KIND, SmtpServer, mail_handler
from app.kit.outbox import DeadHook, OutboxHandler, OutboxMessage
from app.kit.rate_limit import EventsInProcess, configure_rate_limits
from app.kit.retention import CLEAN_UP
from app.kit.settings import Settings
from app.kit.shared import configure_broadcast, configure_shared_cache
from app.kit.static_files import StaticFiles
from app.kit.statistics import REFRESH_STATISTICS
from app.kit.templating import Templates, configure_templates

if TYPE_CHECKING:
    from app.kit.redis_link import RedisLink

ROOT = Path(__file__).parent.parent
OUTBOX_TURN = "outbox"


def connect_pages(settings: Settings, modules: list[ModuleDefinition]) -> StaticFiles:
    """Install texts, static files and templates of the modules."""
    configure_catalogs(Catalogs(_folders(modules, "locales")))
    static = StaticFiles(
        ROOT / settings.static_root,
        {module.code: module.folder / "static" for module in modules},
    )
    contexts = [module.page_context for module in modules if module.page_context]
    configure_templates(Templates(_folders(modules, "templates"), static), contexts)
    return static


def connect_redis(settings: Settings) -> "RedisLink | None":
    """Let all processes count, keep and tell together where there is a Redis; else None."""
    if settings.redis_url is None:
        configure_rate_limits(EventsInProcess())
        configure_shared_cache(None)
        configure_broadcast(None)
        return None
    from app.kit.rate_limit.in_redis import EventsInRedis  # noqa: PLC0415 - slow to import
    from app.kit.redis_link import RedisLink  # noqa: PLC0415
    from app.kit.shared.in_redis import BroadcastInRedis, CacheInRedis  # noqa: PLC0415

    link = RedisLink(settings.redis_url)
    configure_rate_limits(EventsInRedis(link))
    configure_shared_cache(CacheInRedis(link))
    configure_broadcast(BroadcastInRedis(link))
    return link


def connect_ports(
    settings: Settings, modules: list[ModuleDefinition], redis: "RedisLink | None"
) -> None:
    """Fill the ports through which modules reach each other."""
    permissions.connect(permissions_of(modules))
    navigation.connect([entry for module in modules for entry in module.navigation])
    panels.connect([one for module in modules for one in module.panels])
    feature_providers.connect([module.features for module in modules if module.features])
    media_usage_providers.connect([module.media_usage for module in modules if module.media_usage])
    metrics_providers.connect([module.metrics for module in modules if module.metrics])
    personal_data.connect([module.personal_data for module in modules if module.personal_data])
    health_checks.connect(
        [
            *(check for module in modules for check in module.health_checks),
            *([redis] if redis else []),
        ]
    )
    for module in modules:
        if module.gate is not None:
            gate.connect(module.gate)
        if module.authenticator is not None:
            configure_gatekeeper(Gatekeeper(settings, module.authenticator))
    _connect_hooks(modules)


@dataclass(frozen=True)
class Background:
    """The runner of the modules' jobs, and the engine that lets it and the others take turns."""

    runner: JobRunner
    engine: Engine


def connect_background(settings: Settings, modules: list[ModuleDefinition]) -> Background:
    """Put the background work of the modules together, with jobs, outbox and further turns."""
    runner = JobRunner(
        [CLEAN_UP, REFRESH_STATISTICS, *(job for module in modules for job in module.jobs)],
        zone=ZoneInfo(settings.timezone),
        on_failure=_tell_of_failed(modules),
    )
    delivery = outbox.OutboxDelivery(
        _outbox_handlers(settings, modules), on_dead=_tell_of_dead(modules)
    )
    turns = {JOBS_TURN: runner.take_turn, OUTBOX_TURN: delivery.deliver_next}
    for module in modules:
        turns |= module.turns
    engine = _engine(settings, turns)
    jobs.configure_jobs(runner.jobs.values(), ZoneInfo(settings.timezone))
    jobs.configure_wake(engine.wake)
    jobs.configure_slots(runner.run_until_idle)
    outbox.configure_wake(lambda: jobs.wake(OUTBOX_TURN))
    return Background(runner, engine)


def _engine(settings: Settings, turns: Mapping[str, Turn]) -> Engine:
    if settings.jobs == "celery" and settings.redis_url:
        from app.kit.jobs.celery_engine import CeleryEngine  # noqa: PLC0415 - slow to import

        return CeleryEngine(settings.redis_url, turns)
    return InProcessEngine(turns if settings.jobs == "inprocess" else {})


def _outbox_handlers(
    settings: Settings, modules: list[ModuleDefinition]
) -> dict[str, OutboxHandler]:
    handlers = {
        KIND: mail_handler(
            base_url=settings.base_url,
            sender=settings.mail_from,
            server=SmtpServer.from_url(settings.smtp_url) if settings.smtp_url else None,
            readable_links=settings.demo,
        )
    }
    for module in modules:
        handlers |= module.outbox_handlers
    return handlers


def _tell_of_failed(modules: list[ModuleDefinition]) -> FailureHook:
    hooks = [module.job_failed for module in modules if module.job_failed]

    def tell(work: UnitOfWork, run: JobRun, error: str) -> None:
        for hook in hooks:
            hook(work, run, error)

    return tell


def _tell_of_dead(modules: list[ModuleDefinition]) -> DeadHook:
    hooks = [module.message_dead for module in modules if module.message_dead]

    def tell(work: UnitOfWork, message: OutboxMessage, error: str) -> None:
        for hook in hooks:
            hook(work, message, error)

    return tell


def _connect_hooks(modules: list[ModuleDefinition]) -> None:
    merchant_created_hooks.connect(
        [module.merchant_created for module in modules if module.merchant_created]
    )
    platform_created_hooks.connect(
        [module.platform_created for module in modules if module.platform_created]
    )
    store_deleted_hooks.connect(
        [module.store_deleted for module in modules if module.store_deleted]
    )
    store_restored_hooks.connect(
        [module.store_restored for module in modules if module.store_restored]
    )


def _folders(modules: list[ModuleDefinition], name: str) -> list[Path]:
    folders = [module.folder / name for module in modules]
    return [folder for folder in folders if folder.is_dir()]
