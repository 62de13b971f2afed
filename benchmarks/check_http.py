"""One feature over HTTP with a platform's token, beside a bare ASGI app that does as little.

Both are served by the same server in a process each, on 32 keep-alive connections, in turns. Open
features of 200 merchants, asked in random order. Which requests needed more than the short way
(a merchant's usage is read anew every minute) is part of the figure.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from app.contracts.features import gate
from app.contracts.tenants import StoreRef
from app.kit.db import Database, unit_of_work
from app.modules.billing.routes.hot_features import PREFIX
from app.modules.billing.services.features_registry import registry
from app.modules.tenancy.public import TokenDraft, add_platform_token
from app.modules.tenancy.services.secrets import hash_secret
from benchmarks._databases import fresh_database
from benchmarks._http_load import Load, ask, request
from benchmarks._population import shops
from benchmarks._report import Figure, report
from benchmarks._timing import percentile

MERCHANTS, QUESTIONS, CONNECTIONS = 200, 1_000, 32
ROUNDS, ROUND_S, WARM_S = 7, 3.0, 5.0


def main() -> int:
    """Measure and report."""
    with fresh_database("sqlite") as database:
        stores = shops(MERCHANTS)
        questions = _questions(stores)
        with unit_of_work() as work:
            draft = TokenDraft("Bench", ("read",))
            _, token = add_platform_token(work, "bench", draft=draft)
        ours, bare = asyncio.run(_measure(database, questions, token))
        profiled = partial(gate().check, stores[0].owner, "max_products")
        return report("check-http", _figures(ours, bare), profiled=profiled)


def _figures(ours: list[Load], bare: list[Load]) -> list[Figure]:
    rates = [median(one.per_second for one in side) for side in (ours, bare)]
    p99 = [median(percentile(one.each_s, 99) for one in side) * 1000 for side in (ours, bare)]
    return [
        Figure("answers", "/s", rates[0], 0.5, rates[1], at_most=False),
        Figure("p99", "ms", p99[0], 2, p99[1]),
    ]


def _questions(stores: list[StoreRef]) -> list[tuple[str, str]]:
    """Return store and feature codes, open ones alone."""
    draw, codes = Random(1), list(registry().declarations)
    questions: list[tuple[str, str]] = []
    while len(questions) < QUESTIONS:
        store, code = draw.choice(stores), draw.choice(codes)
        if gate().check(store.owner, code).allowed:
            questions.append((store.code, code))
    return questions


async def _measure(
    database: Database, questions: list[tuple[str, str]], token: str
) -> tuple[list[Load], list[Load]]:
    bearer = {"Authorization": f"Bearer {token}"}
    requests = [
        request(PREFIX + code, {**bearer, "X-Store-Code": store}) for store, code in questions
    ]
    ours: list[Load] = []
    bare: list[Load] = []
    with _server("_product_app", database.url) as product, TemporaryDirectory() as folder:
        file = Path(folder) / "task.json"
        file.write_text(json.dumps(_task(product, questions, token)))
        with _server("_bare_app", str(file)) as reference:
            await ask(product, requests, connections=CONNECTIONS, until_s=WARM_S)
            for _ in range(ROUNDS):
                for port, loads in ((product, ours), (reference, bare)):
                    loads.append(
                        await ask(port, requests, connections=CONNECTIONS, until_s=ROUND_S)
                    )
    return ours, bare


def _task(port: int, questions: list[tuple[str, str]], token: str) -> object:
    """Let the reference know what the product answers."""
    answers: dict[str, dict[str, object]] = {}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {token}"}
    ) as http:
        for store, code in questions:
            answer = http.get(PREFIX + code, headers={"X-Store-Code": store})
            assert answer.status_code == 200, answer.text
            answers.setdefault(store, {})[code] = answer.json()
    return {"tokens": [hash_secret(token)], "answers": answers}


@contextmanager
def _server(module: str, argument: str) -> Iterator[int]:
    """Run a server in a process of its own; yields its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", f"benchmarks.{module}", argument, str(port)]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server ended before it answered")


if __name__ == "__main__":
    sys.exit(main())
