"""Pages of the documentation that are written at every build: from the code, and the changelog.

They are handed to MkDocs by `docs/hooks.py` and lie in no file, so that none can fall behind.
"""

from devtools.paths import ROOT
from devtools.reference import api, commands, errors, features, jobs, permissions, settings

REFERENCE = {
    "settings": settings.page,
    "commands": commands.page,
    "features": features.page,
    "permissions": permissions.page,
    "errors": errors.page,
    "jobs": jobs.page,
    "api": api.page,
}


def pages() -> dict[str, str]:
    """Return the Markdown of every written page by its path below `docs/`."""
    reference = {f"reference/{name}.md": write() for name, write in REFERENCE.items()}
    return reference | {"changelog.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")}
