"""Starts the whole system as a process does, looks at it, and prints what it saw as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import inspect
from starlette.testclient import TestClient

from app import bootstrap
from app.contracts.metrics import health_checks
from app.contracts.navigation import navigation
from app.contracts.permissions import permissions
from app.kit.db import database
from app.kit.i18n import knows
from app.kit.migrations import missing_migrations, upgrade
from tests.factories.tenancy import a_platform, a_platform_admin, a_super_admin
from tests.integration.browser import Visitor


def main(folder: Path) -> dict[str, Any]:
    """Start on a database of its own, and ask for everything that a module brings."""
    system = bootstrap.start(
        database_url=f"sqlite:///{folder / 'toy.sqlite3'}", jobs="off", log_level="error"
    )
    behind = missing_migrations(database(), system.migrations)
    upgrade(database(), system.migrations)
    app = system.web_app()
    root = Visitor(TestClient(app)).sign_in(a_super_admin())
    admin = Visitor(TestClient(app)).sign_in(a_platform_admin(a_platform()))
    if any(job.name == "toy.ring_nightly" for job in system.jobs):
        system.runner.run_now("toy.ring_nightly")
    seen = {
        "modules": [module.code for module in system.modules],
        "permissions": sorted(code for code in permissions() if code.startswith("toy")),
        "jobs": [job.name for job in system.jobs if job.name.startswith("toy")],
        "navigation": [entry.href for entry in navigation() if "toy" in entry.href],
        "text": knows("toy.title"),
        "behind": behind,
        "not_ready": system.not_ready(),
        "tables": sorted(
            one for one in inspect(database().engine).get_table_names() if "toy" in one
        ),
        "described": [path for path in app.openapi()["paths"] if "toy" in path],
        "ring": [one.post("/api/v1/admin/toy/bells").status_code for one in (root, admin)],
        "script": root.get("/static/toy/js/bell.js").status_code,
        "pages": {lang: _page(root, lang) for lang in ("de", "en", "fr", "lb")},
        "health": [check.name for check in health_checks()],
        "loaded": sorted({"celery", "redis"} & set(sys.modules)),
        "home": "/admin/toy" in root.get("/admin", headers={"Accept": "text/html"}).text,
    }
    bells = root.get("/api/v1/admin/toy/bells")
    return seen | {"bells": bells.json() if bells.status_code == 200 else bells.status_code}


def _page(visitor: Visitor, lang: str) -> str | int:
    answer = visitor.get("/admin/toy", params={"lang": lang}, headers={"Accept": "text/html"})
    if answer.status_code != 200:
        return int(answer.status_code)
    return str(answer.text.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip())


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
