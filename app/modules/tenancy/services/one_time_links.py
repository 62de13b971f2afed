"""Links in mails that prove who follows them, and work once."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.tenancy.exceptions import LinkInvalid
from app.modules.tenancy.models import LinkPurpose, OneTimeLink, User
from app.modules.tenancy.services.secrets import hash_secret, new_secret

LIFE = {
    LinkPurpose.RESET_PASSWORD: timedelta(hours=2),
    LinkPurpose.VERIFY_EMAIL: timedelta(days=3),
}
FIRST_PASSWORD_LIFE = timedelta(days=7)


def new_link(
    work: UnitOfWork, user_id: int, *, purpose: LinkPurpose, life: timedelta | None = None
) -> str:
    """Return the secret of a fresh link; earlier ones of the same purpose stop working.

    `life` is longer where somebody else set the account up (`FIRST_PASSWORD_LIFE`).
    """
    void_links(work, user_id, purpose=purpose)
    secret, now = new_secret(), system_now()
    work.session.add(
        OneTimeLink(
            token_hash=hash_secret(secret),
            user_id=user_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + (life or LIFE[purpose]),
        )
    )
    work.session.flush()
    return secret


def void_links(work: UnitOfWork, user_id: int, *, purpose: LinkPurpose | None = None) -> None:
    """Make the links of a user useless, those of one purpose or all."""
    links = delete(OneTimeLink).where(OneTimeLink.user_id == user_id)
    work.session.execute(links.where(OneTimeLink.purpose == purpose) if purpose else links)


def check_link(work: UnitOfWork, secret: str, *, purpose: LinkPurpose) -> None:
    """Tell whether a link would still work, without using it. Raises LinkInvalid."""
    found = work.session.scalar(
        select(OneTimeLink.id).where(
            OneTimeLink.token_hash == hash_secret(secret),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > system_now(),
        )
    )
    if found is None:
        raise LinkInvalid


def use_link(work: UnitOfWork, secret: str, *, purpose: LinkPurpose) -> User:
    """Use a link up and return whom it was sent to; of two at the same time one succeeds.

    Raises LinkInvalid for one that was used, is too old, or never existed.
    """
    now = system_now()
    user_id = work.session.scalar(
        update(OneTimeLink)
        .where(
            OneTimeLink.token_hash == hash_secret(secret),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(OneTimeLink.user_id)
    )
    user = work.session.get(User, user_id) if user_id is not None else None
    if user is None or not user.is_active:
        raise LinkInvalid
    return user
