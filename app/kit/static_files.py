"""Where static files lie and under which address they are served, with a version in it.

`/static/<module>/…` is a module's own `static/` folder; everything else under `/static/` comes
from the built front end.
"""

import hashlib
from functools import cache
from pathlib import Path


class StaticFiles:
    """The folders of static files: one for each module, and the build's output."""

    def __init__(self, built: Path, modules: dict[str, Path]) -> None:
        self._built = built
        self._modules = modules
        self.url = cache(self._url)

    def find(self, path: str) -> Path | None:
        """Return the file of a path below `/static/`, or None where there is none."""
        first, _, rest = path.partition("/")
        folder, name = (
            (self._modules[first], rest)
            if first in self._modules
            else (
                self._built,
                path,
            )
        )
        found = (folder / name).resolve()
        inside = found.is_relative_to(folder.resolve())
        return found if inside and found.is_file() else None

    def _url(self, path: str) -> str:
        """Return the address of a file, which changes with its content."""
        found = self.find(path)
        if found is None:
            raise FileNotFoundError(f"there is no static file {path}; build the front end first")
        return f"/static/{path}?v={hashlib.sha256(found.read_bytes()).hexdigest()[:12]}"
