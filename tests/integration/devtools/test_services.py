import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest

from devtools.failure import Failure
from devtools.services import postgres, redis


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server is given and none runs on the usual port, so each test starts its own."""
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.delenv("TEST_REDIS_URL", raising=False)
    monkeypatch.setattr(postgres, "_running_server", lambda: None)


@pytest.mark.postgres
@pytest.mark.usefixtures("own")
def test_starts_a_postgresql_in_which_databases_can_be_made_and_leaves_nothing() -> None:
    with postgres.postgres_server() as url:
        address = url.replace("+psycopg", "", 1)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("create database probe")
            row = connection.execute("show fsync").fetchone()
        assert row == ("off",)
        folder = Path(url.partition("host=")[2])
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


@pytest.mark.postgres
@pytest.mark.usefixtures("own")
def test_stops_postgresql_although_the_tests_were_interrupted() -> None:
    server = postgres.postgres_server()
    folder = Path(server.__enter__().partition("host=")[2])
    interrupt = KeyboardInterrupt()
    assert not server.__exit__(type(interrupt), interrupt, None)  # it goes on to the caller
    assert not folder.exists()


@pytest.mark.postgres
@pytest.mark.usefixtures("own")
def test_uses_a_given_postgresql_and_leaves_it_running(monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres.postgres_server() as url:
        monkeypatch.setenv("TEST_DATABASE_URL", url)
        with postgres.postgres_server() as given:
            assert given == url
        psycopg.connect(url.replace("+psycopg", "", 1)).close()


@pytest.mark.redis
@pytest.mark.usefixtures("own")
def test_starts_a_redis_that_answers_and_stops_it() -> None:
    with redis.redis_server() as url:
        assert redis.answers(url)
    assert not redis.answers(url)


@pytest.mark.redis
@pytest.mark.usefixtures("own")
def test_uses_a_given_redis_and_leaves_it_running(monkeypatch: pytest.MonkeyPatch) -> None:
    with redis.redis_server() as url:
        monkeypatch.setenv("TEST_REDIS_URL", url)
        with redis.redis_server() as given:
            assert given == url
        assert redis.answers(url)


@pytest.mark.parametrize(
    ("variable", "scheme", "server"),
    [
        ("TEST_DATABASE_URL", "postgresql+psycopg", postgres.postgres_server),
        ("TEST_REDIS_URL", "redis", redis.redis_server),
    ],
)
def test_refuses_a_given_server_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    scheme: str,
    server: Callable[[], AbstractContextManager[str]],
) -> None:
    monkeypatch.setenv(variable, f"{scheme}://127.0.0.1:{redis.free_port()}/0")
    with pytest.raises(Failure, match=rf"{variable} .* unset it"), server():
        pass


def test_does_not_take_another_server_for_a_redis() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        port = listener.getsockname()[1]
        assert not redis.answers(f"redis://127.0.0.1:{port}/0")
