"""A file holds one idea and is read in one sitting (house rule 2)."""

from collections.abc import Iterator

from tests.unit.architecture.sources import Finding, Source, expect_none, sources

MAX_LINES = 400
PATTERNS = [
    f"{root}/**/*.{ending}"
    for root in ("app", "sandbox", "devtools", "tests", "benchmarks")
    for ending in ("py", "html", "js", "css")
]


def too_long(source: Source) -> Iterator[Finding]:
    """The file, if it has grown a second idea."""
    lines = len(source.text.splitlines())
    if lines > MAX_LINES:
        yield f"{source.path}: {lines} lines; split it by meaning"


def test_no_file_is_longer_than_one_sitting() -> None:
    expect_none(one for source in sources(*PATTERNS) for one in too_long(source))


def test_the_check_finds_a_long_file() -> None:
    assert list(too_long(Source("app/x.py", "pass\n" * 400))) == []
    assert list(too_long(Source("app/x.py", "pass\n" * 401))) == [
        "app/x.py: 401 lines; split it by meaning"
    ]
