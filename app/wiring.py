"""Connecting what modules offer to the ports of contracts and kit; names no module."""

from pathlib import Path
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
from app.kit.jobs import FailureHook, JobRun, JobRunner
from app.kit.mail import KIND, SmtpServer, mail_handler
from app.kit.outbox import DeadHook, OutboxMessage
from app.kit.retention import CLEAN_UP
from app.kit.settings import Settings
from app.kit.static_files import StaticFiles
from app.kit.statistics import REFRESH_STATISTICS
from app.kit.templating import Templates, configure_templates

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


def connect_ports(settings: Settings, modules: list[ModuleDefinition]) -> None:
    """Fill the ports through which modules reach each other."""
    permissions.connect(permissions_of(modules))
    navigation.connect([entry for module in modules for entry in module.navigation])
    panels.connect([one for module in modules for one in module.panels])
    feature_providers.connect([module.features for module in modules if module.features])
    media_usage_providers.connect([module.media_usage for module in modules if module.media_usage])
    metrics_providers.connect([module.metrics for module in modules if module.metrics])
    personal_data.connect([module.personal_data for module in modules if module.personal_data])
    health_checks.connect([check for module in modules for check in module.health_checks])
    for module in modules:
        if module.gate is not None:
            gate.connect(module.gate)
        if module.authenticator is not None:
            configure_gatekeeper(Gatekeeper(settings, module.authenticator))
    _connect_hooks(modules)


def connect_background(settings: Settings, modules: list[ModuleDefinition]) -> JobRunner:
    """Return the runner of the modules' jobs, of the outbox and of their further turns."""
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
    delivery = outbox.OutboxDelivery(handlers, on_dead=_tell_of_dead(modules))
    turns = {OUTBOX_TURN: delivery.deliver_next}
    for module in modules:
        turns |= module.turns
    runner = JobRunner(
        [CLEAN_UP, REFRESH_STATISTICS, *(job for module in modules for job in module.jobs)],
        zone=ZoneInfo(settings.timezone),
        turns=turns,
        on_failure=_tell_of_failed(modules),
    )
    jobs.configure_jobs(runner.jobs.values(), ZoneInfo(settings.timezone))
    jobs.configure_wake(runner.wake)
    jobs.configure_slots(runner.run_until_idle)
    outbox.configure_wake(lambda: jobs.wake(OUTBOX_TURN))
    return runner


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
