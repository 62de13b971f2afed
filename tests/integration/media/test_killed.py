"""`kill -9` at any moment of an upload: no row without file, and none the other way round."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import SystemRandom

import pytest

from app.kit.db import Database
from app.modules.media.services.verify_storage import verify_storage
from devtools.paths import ROOT
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.media.stored import stored

KILLS = 8
NOW = timedelta(0)
CODE = "max_storage_mb"
Process = subprocess.Popen[bytes]


@pytest.fixture
def uploading(database: Database, shop: AShop, media_root: Path) -> Iterator[Process]:
    """A process whose children upload into the shop."""
    module = "tests.integration.media.upload_process"
    process = subprocess.Popen(
        [sys.executable, "-m", module, database.url, json.dumps(asdict(shop))],
        cwd=ROOT,
        env={**os.environ, "MEDIA_ROOT": str(media_root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.communicate()


def kill_at_work(uploading: Process, series: int, seconds: float) -> None:
    """Let a child upload, and kill it so long after its first picture."""
    assert uploading.stdin is not None
    assert uploading.stdout is not None
    uploading.stdin.write(f"{series}\n".encode())
    uploading.stdin.flush()
    child = int(uploading.stdout.readline())
    with pytest.raises(subprocess.TimeoutExpired):  # nobody ends unasked
        uploading.wait(timeout=seconds)
    os.kill(child, signal.SIGKILL)


def test_it_leaves_no_row_without_file_and_no_file_without_row(
    uploading: Process, shop: AShop, media_root: Path
) -> None:
    chance = SystemRandom()
    for series in range(KILLS):
        kill_at_work(uploading, series, chance.uniform(0.01, 0.3))
        assert verify_storage(repair=False, older_than=NOW).missing == []
    verify_storage(repair=True, older_than=NOW)
    assert verify_storage(repair=False, older_than=NOW).is_clean
    after = stored(media_root, shop)
    assert len(after.on_disk) == after.objects
    assert after.files >= KILLS
    assert counter_of(shop.owner, CODE) == true_count_of(shop.owner, CODE)
