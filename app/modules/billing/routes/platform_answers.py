"""Answers that name platforms."""

from collections.abc import Iterable

from app.kit.db import UnitOfWork
from app.modules.billing.schemas.platforms import PlatformBrief
from app.modules.tenancy.public import platform_refs


def platform_briefs(work: UnitOfWork, platform_ids: Iterable[int]) -> dict[int, PlatformBrief]:
    """Return platforms in passing, by id; one query."""
    return {
        id_: PlatformBrief.model_validate(one)
        for id_, one in platform_refs(work, platform_ids).items()
    }
