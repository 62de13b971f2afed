"""Puts the system together; the only place that names every module."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from app.composition import check_codes, installed_modules, select_modules
from app.contracts.modules import ModuleDefinition
from app.kit.clock_offset import stored_offset
from app.kit.clocks import Clocks, configure_clocks
from app.kit.cursors import configure_cursors
from app.kit.db import Database, configure_database, database
from app.kit.http.app import create_web_app
from app.kit.jobs import Job, JobRunner
from app.kit.logs import configure_logs
from app.kit.migrations import MigrationFolder, missing_migrations, own_migrations
from app.kit.settings import Settings, load_settings
from app.kit.static_files import StaticFiles
from app.modules.billing.module import MODULE as BILLING
from app.modules.billing.public import has_demo_clock
from app.modules.catalog.module import MODULE as CATALOG
from app.modules.core.module import MODULE as CORE
from app.modules.media.module import MODULE as MEDIA
from app.modules.monitoring.module import MODULE as MONITORING
from app.modules.orders.module import MODULE as ORDERS
from app.modules.tenancy.module import MODULE as TENANCY
from app.wiring import (
    Background,
    connect_background,
    connect_pages,
    connect_ports,
    connect_redis,
)

if TYPE_CHECKING:
    from app.kit.redis_link import RedisLink

MODULES = (CORE, TENANCY, MEDIA, BILLING, CATALOG, ORDERS, MONITORING)


@dataclass(frozen=True)
class System:
    """A configured process: its settings and the modules that run in it."""

    settings: Settings
    modules: list[ModuleDefinition]
    static: StaticFiles
    background: Background
    redis: "RedisLink | None"

    @property
    def runner(self) -> JobRunner:
        """What runs the modules' jobs."""
        return self.background.runner

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
        """Return the ASGI application; its life starts and ends the background work."""
        return create_web_app(
            self.settings,
            [router for module in self.modules for router in module.routers],
            hot_answers={
                prefix: answer
                for module in self.modules
                for prefix, answer in module.hot_answers.items()
            },
            hot_intakes={
                path: intake
                for module in self.modules
                for path, intake in module.hot_intakes.items()
            },
            static=self.static,
            on_start=self.start,
            on_stop=self.stop,
            not_ready=self.not_ready,
        )

    def start(self) -> None:
        """Begin the background work of this process."""
        for module in self.modules:
            if module.on_start is not None:
                module.on_start()
        self.background.engine.start()

    def stop(self) -> None:
        """Finish what runs and close the connections."""
        self.background.engine.stop()
        for module in self.modules:
            if module.on_stop is not None:
                module.on_stop()
        if self.redis is not None:
            self.redis.close()
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
    configure_database(Database(settings.database_url, settings.database_listen_url))
    configure_clocks(Clocks(read_offset=stored_offset) if has_demo_clock() else Clocks())
    configure_cursors(settings.secret_key)
    static = connect_pages(settings, modules)
    redis = connect_redis(settings)
    connect_ports(settings, modules, redis)
    return System(settings, modules, static, connect_background(settings, modules), redis)
