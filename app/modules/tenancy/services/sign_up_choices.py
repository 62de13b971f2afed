"""Which platforms the sign-up page offers."""

from dataclasses import dataclass

from app.kit.db import UnitOfWork
from app.modules.tenancy.exceptions import PlatformNotFound
from app.modules.tenancy.repositories.open_platforms import find_open_platform, open_platforms


@dataclass(frozen=True)
class PlatformChoice:
    """A platform to sign up on."""

    code: str
    name: str


def sign_up_choices(work: UnitOfWork, code: str) -> list[PlatformChoice]:
    """Return the platform that a link named, or without a name all open ones.

    Raises PlatformNotFound for one that is unknown or closed.
    """
    if not code:
        return [PlatformChoice(one.code, one.name) for one in open_platforms(work.session)]
    found = find_open_platform(work.session, code)
    if found is None:
        raise PlatformNotFound
    return [PlatformChoice(found.code, found.name)]
