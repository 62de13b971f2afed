from pathlib import Path

import pytest

from devtools.checks.neutrality import HOSTS, findings

URL = "https" + "://example.test/simple"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("docs/page.md", f"see {HOSTS[0]}/project", [f"docs/page.md:1: {HOSTS[0]}"]),
        ("requirements/a.txt", f"a==1\nb @ {URL}", ["requirements/a.txt:2: ://"]),
        ("requirements/a.txt", f"--index-url {URL[8:]}", ["requirements/a.txt:1: --index-url"]),
        ("package-lock.json", '{"resolved": "x"}', ['package-lock.json:1: "resolved"']),
        ("a/b/package-lock.json", '{"resolved": 1}', ['a/b/package-lock.json:1: "resolved"']),
        (".npmrc", "registry=x", [".npmrc:1: registry="]),
        ("docs/page.md", f"see {URL}", []),
        ("requirements/a.txt", "a==1 \\\n    --hash=sha256:00", []),
    ],
)
def test_finds_what_names_a_source_of_packages(
    tmp_path: Path, name: str, text: str, found: list[str]
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert list(findings(tmp_path, [name])) == found


def test_passes_over_a_file_that_is_deleted_but_still_tracked(tmp_path: Path) -> None:
    assert list(findings(tmp_path, ["gone.txt"])) == []
