"""Code samples of the documentation: blocks with a title are files, or named commands."""

import json
import os
import re
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.paths import ROOT

GUIDES = ROOT / "docs" / "contributing"
TUTORIAL = ROOT / "docs" / "tutorial.md"
_FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def files_of(page: Path) -> dict[str, str]:
    """What a page spells out, by its title."""
    return dict(_FILE.findall(page.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Distribution:
    """A folder with what guides spell out, as if it were installed beside the product."""

    folder: Path

    def add(self, files: dict[str, str]) -> None:
        """Write files; later ones replace earlier ones."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def install(self, project: dict[str, Any]) -> None:
        """Leave the metadata that an installer makes from a `pyproject.toml`."""
        about = project["project"]
        info = self.folder / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n"
        (info / "METADATA").write_text(head)
        points = ConfigParser()
        points.read_dict(about["entry-points"])
        with (info / "entry_points.txt").open("w") as file:
            points.write(file)

    def play(self, module: str, *arguments: str, **settings: str) -> Any:
        """Return what a script of these tests saw, the last line that it prints."""
        printed = self.run(f"tests.unit.docs.{module}", *arguments, **settings)
        return json.loads(printed.splitlines()[-1])

    def run(self, *arguments: str, **settings: str) -> str:
        """Run a Python module in a process of its own; its output. Fails the test otherwise."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
            "DATABASE_URL": f"sqlite:///{self.folder / 'test.sqlite3'}",
            "JOBS": "off",
            "LOG_LEVEL": "error",
            **settings,
        }
        result = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout
