"""`If-Match`: nobody overwrites what somebody else just changed."""

import pytest

from app.kit.db import unit_of_work
from app.modules.tenancy.models import Platform
from tests.factories.tenancy import a_platform
from tests.integration.browser import Visitor


def name_of(platform_id: int) -> str:
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(Platform, platform_id).name


def test_it_writes_when_nobody_else_has(trial: Visitor) -> None:
    platform_id = a_platform()
    path = f"/api/v1/trial/platforms/{platform_id}"
    first = trial.put(path, {"name": "first"}, headers={"If-Match": '"v1"'})
    assert first.headers["etag"] == '"v2"'
    second = trial.put(path, {"name": "second"}, headers={"If-Match": 'W/"v2"'})
    assert (second.status_code, second.headers["etag"]) == (200, '"v3"')
    assert name_of(platform_id) == "second"


@pytest.mark.parametrize("tag", ['"v2"', '"v0"', "v1", '"1"', '"v1", "v2"', '"v99999999999999999"'])
def test_it_refuses_another_version(trial: Visitor, tag: str) -> None:
    platform_id = a_platform()
    path = f"/api/v1/trial/platforms/{platform_id}"
    answer = trial.put(path, {"name": "lost"}, headers={"If-Match": tag})
    assert answer.status_code == 412
    assert answer.json()["error_code"] == "edited_meanwhile"
    assert name_of(platform_id) == "Platform"


@pytest.mark.parametrize("headers", [{}, {"If-Match": "*"}])
def test_it_lets_programs_overwrite_whatever_is_there(
    trial: Visitor, headers: dict[str, str]
) -> None:
    platform_id = a_platform()
    path = f"/api/v1/trial/platforms/{platform_id}"
    assert trial.put(path, {"name": "new"}, headers=headers).status_code == 200
    assert name_of(platform_id) == "new"
