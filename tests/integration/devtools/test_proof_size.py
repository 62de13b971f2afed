import pytest

pytest_plugins = ["pytester"]

TESTS = """
def test_proof(proof_size):
    print("ran at", proof_size("attempts at the limit", reduced=2_000, full=100_000))
"""


@pytest.mark.parametrize(("workers", "full", "size"), [("0", "", "2,000"), ("1", "1", "100,000")])
def test_gives_the_size_and_says_it_at_the_end(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, full: str, size: str, workers: str
) -> None:
    monkeypatch.setenv("TIERLINE_FULL", full)
    pytester.makepyfile(TESTS)
    arguments = ("-n", workers, "-p", "devtools.testing.proof_size", "-rP")
    result = pytester.runpytest_subprocess(*arguments)
    result.stdout.fnmatch_lines([f"ran at {size.replace(',', '')}"])
    result.stdout.fnmatch_lines(["*proof sizes*", f"attempts at the limit: {size} of 100,000"])
    assert result.parseoutcomes() == {"passed": 1}
