"""Puts the system together; the only place that names every module."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from app.composition import check_codes, installed_modules, permissions_of, select_modules
from app.contracts.hooks import merchant_created_hooks, platform_created_hooks
from app.contracts.modules import ModuleDefinition
from app.contracts.navigation import navigation
from app.contracts.permissions import permissions
from app.kit.clock_offset import stored_offset
from app.kit.clocks import Clocks, configure_clocks
from app.kit.cursors import configure_cursors
from app.kit.db import Database, configure_database, database
from app.kit.http.app import create_web_app
from app.kit.http.authentication import Gatekeeper, configure_gatekeeper
from app.kit.i18n import Catalogs, configure_catalogs
from app.kit.jobs import Job, JobRunner
from app.kit.logs import configure_logs
from app.kit.migrations import MigrationFolder, missing_migrations, own_migrations
from app.kit.settings import Settings, load_settings
from app.kit.static_files import StaticFiles
from app.kit.templating import Templates, configure_templates
from app.modules.core.module import MODULE as CORE
from app.modules.tenancy.module import MODULE as TENANCY

MODULES = (CORE, TENANCY)
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class System:
    """A configured process: its settings and the modules that run in it."""

    settings: Settings
    modules: list[ModuleDefinition]
    static: StaticFiles
    runner: JobRunner

    @property
    def jobs(self) -> list[Job]:
        """Every job that the modules declare."""
        return [job for module in self.modules for job in module.jobs]

    @property
    def migrations(self) -> list[MigrationFolder]:
        """The product's own history first, then those of modules from elsewhere."""
        foreign = [(module.code, module.migrations) for module in self.modules]
        return [own_migrations()] + [
            MigrationFolder(code, path) for code, path in foreign if path is not None
        ]

    def not_ready(self) -> str | None:
        """Say why requests should go elsewhere; None when all is well."""
        try:
            behind = missing_migrations(database(), self.migrations)
        except Exception:  # noqa: BLE001 - whatever the driver raises, the database is away
            return "the database cannot be reached"
        return f"migrations are missing: {', '.join(behind)}" if behind else None

    def web_app(self) -> FastAPI:
        """Return the ASGI application; its life starts and ends the background jobs."""
        runs_jobs = self.settings.jobs == "inprocess"
        return create_web_app(
            self.settings,
            [router for module in self.modules for router in module.routers],
            static=self.static,
            on_start=self.runner.start if runs_jobs else _nothing,
            on_stop=self.stop,
            not_ready=self.not_ready,
        )

    def stop(self) -> None:
        """Finish what runs and close the database."""
        self.runner.stop()
        database().dispose()


def start(**given: Any) -> System:
    """Configure this process from the environment; `given` settings win over it.

    Raises SettingsError, CompositionError or CatalogError with a sentence that says what to do.
    """
    settings = load_settings(Settings, **given)
    configure_logs(settings)
    modules = select_modules([*MODULES, *installed_modules()], settings.disabled_modules)
    check_codes(modules)
    for module in modules:
        if module.settings is not None:
            load_settings(module.settings)
    configure_database(Database(settings.database_url))
    configure_clocks(Clocks(read_offset=stored_offset) if settings.movable_clock else Clocks())
    configure_cursors(settings.secret_key)
    static = _connect_pages(settings, modules)
    _connect_ports(settings, modules)
    jobs = [job for module in modules for job in module.jobs]
    return System(settings, modules, static, JobRunner(jobs, zone=ZoneInfo(settings.timezone)))


def _connect_pages(settings: Settings, modules: list[ModuleDefinition]) -> StaticFiles:
    configure_catalogs(Catalogs(_folders(modules, "locales")))
    static = StaticFiles(
        ROOT / settings.static_root,
        {module.code: module.folder / "static" for module in modules},
    )
    contexts = [module.page_context for module in modules if module.page_context]
    configure_templates(Templates(_folders(modules, "templates"), static), contexts)
    return static


def _connect_ports(settings: Settings, modules: list[ModuleDefinition]) -> None:
    permissions.connect(permissions_of(modules))
    navigation.connect([entry for module in modules for entry in module.navigation])
    merchant_created_hooks.connect(
        [module.merchant_created for module in modules if module.merchant_created]
    )
    platform_created_hooks.connect(
        [module.platform_created for module in modules if module.platform_created]
    )
    authenticators = [module.authenticator for module in modules if module.authenticator]
    configure_gatekeeper(Gatekeeper(settings, *authenticators))


def _folders(modules: list[ModuleDefinition], name: str) -> list[Path]:
    folders = [module.folder / name for module in modules]
    return [folder for folder in folders if folder.is_dir()]


def _nothing() -> None:
    """Background jobs run elsewhere."""
