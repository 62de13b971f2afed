"""The sandbox beside a demo: pointed at the product, and gone with it."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from app.cli.demo_sandbox import DEMO_KEY, HOST, ROOT, DemoSandbox, refuse_live_keys
from app.kit.ports import listen_from, port_of
from app.kit.settings import SettingsError
from app.modules.billing.settings import BillingSettings

WEBHOOK = "http://127.0.0.1:9/api/v1/webhooks/stripe"
HOLDER = """
import pathlib, sys, time
from app.cli.demo_sandbox import HOST, DemoSandbox
from app.kit.ports import listen_from, port_of
with listen_from(HOST, 23_500) as listening:
    port = port_of(listening)
    held = DemoSandbox(pathlib.Path(sys.argv[1]), listening, webhook="http://127.0.0.1:9/")
held.wait()
print(port, flush=True)
time.sleep(600)
"""
PATIENCE_S = 20


@contextmanager
def a_demo_sandbox(folder: Path, *, webhook: str = WEBHOOK) -> Iterator[DemoSandbox]:
    """A sandbox that answers, stopped at the end."""
    with listen_from(HOST, 23_000) as listening:
        sandbox = DemoSandbox(folder, listening, webhook=webhook)
    try:
        sandbox.wait()
        yield sandbox
    finally:
        sandbox.stop()


def asked(sandbox: DemoSandbox, path: str) -> dict[str, object]:
    answer = httpx.get(sandbox.url + path, headers={"Authorization": f"Bearer {DEMO_KEY}"})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def endpoints(sandbox: DemoSandbox) -> list[tuple[object, object]]:
    listed = asked(sandbox, "/v1/webhook_endpoints")["data"]
    assert isinstance(listed, list)
    return [(one["id"], one["url"]) for one in listed]


def test_it_answers_to_the_settings_that_it_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_demo_sandbox(tmp_path) as sandbox:
        for name, value in sandbox.settings({}).items():
            monkeypatch.setenv(name, value)
        settings = BillingSettings()  # type: ignore[call-arg]
        assert settings.stripe_api_base == sandbox.url
        assert asked(sandbox, "/v1/account")["object"] == "account"
        assert [url for _, url in endpoints(sandbox)] == [WEBHOOK]


def test_it_keeps_its_state_and_one_endpoint_when_the_product_moves(tmp_path: Path) -> None:
    with a_demo_sandbox(tmp_path) as sandbox:
        before = endpoints(sandbox)
        with httpx.Client(headers={"Authorization": f"Bearer {DEMO_KEY}"}) as http:
            http.post(f"{sandbox.url}/v1/customers", data={"name": "Kept"})
    elsewhere = "http://127.0.0.1:10/api/v1/webhooks/stripe"
    with a_demo_sandbox(tmp_path, webhook=elsewhere) as sandbox:
        assert endpoints(sandbox) == [(before[0][0], elsewhere)]
        kept = asked(sandbox, "/v1/customers")["data"]
        assert isinstance(kept, list)
        assert [one["name"] for one in kept] == ["Kept"]


def test_it_keeps_keys_and_adds_its_secret_to_those_given(tmp_path: Path) -> None:
    given = {"STRIPE_SECRET_KEY": "sk_test_my_own", "STRIPE_WEBHOOK_SECRET": "whsec_a,whsec_b"}
    with a_demo_sandbox(tmp_path) as sandbox:
        settings = sandbox.settings(given)
    assert settings["STRIPE_SECRET_KEY"] == "sk_test_my_own"
    own, *others = settings["STRIPE_WEBHOOK_SECRET"].split(",")
    assert own.startswith("whsec_")
    assert others == ["whsec_a", "whsec_b"]


def test_it_tells_when_it_has_ended(tmp_path: Path) -> None:
    ended = Event()
    with a_demo_sandbox(tmp_path) as sandbox:
        sandbox.when_ended(ended.set)
        assert not ended.is_set()
    assert ended.wait(PATIENCE_S)


def test_it_says_so_when_it_cannot_start(tmp_path: Path) -> None:
    (tmp_path / "sandbox.sqlite3").write_text("no database")
    with listen_from(HOST, 23_000) as listening:
        port = port_of(listening)
        sandbox = DemoSandbox(tmp_path, listening, webhook=WEBHOOK)
    with pytest.raises(SettingsError, match=f"did not start at http://127.0.0.1:{port}"):
        sandbox.wait()
    sandbox.stop()


def test_two_that_start_at_once_listen_on_two_ports() -> None:
    with listen_from(HOST, 23_700) as one, listen_from(HOST, 23_700) as other:
        assert port_of(one) != port_of(other)
        assert is_listening(port_of(one))
        assert is_listening(port_of(other))


def test_it_is_gone_when_the_demo_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        port = int(holder.stdout.readline())
        was_listening = is_listening(port)
        holder.send_signal(signal.SIGKILL)
    assert was_listening
    ends = time.monotonic() + PATIENCE_S
    while is_listening(port) and time.monotonic() < ends:
        pass  # each look waits for the network
    assert not is_listening(port)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


@pytest.mark.parametrize("name", ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"])
def test_live_keys_stop_the_demo(name: str) -> None:
    live = "sk_live_51abc" if "SECRET" in name else "pk_live_51abc"
    with pytest.raises(SettingsError, match=f"{name} holds a live key") as refused:
        refuse_live_keys({name: live})
    assert live not in str(refused.value)
    refuse_live_keys({name: live.replace("live", "test")})
