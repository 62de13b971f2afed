"""Many tokens or stores at once, as they are kept warm."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import ApiToken, Platform, Store


def platform_tokens(
    session: Session, hashes: Collection[str]
) -> Sequence[Row[str, int | None, list[str], datetime | None, datetime | None]]:
    """Return hash, platform, scopes, end and last use of those that are valid for platforms."""
    return session.execute(
        select(
            ApiToken.token_hash,
            ApiToken.platform_id,
            ApiToken.scopes,
            ApiToken.expires_at,
            ApiToken.last_used_at,
        )
        .where(ApiToken.token_hash.in_(hashes), ApiToken.revoked_at.is_(None))
        .where(ApiToken.platform_id.is_not(None), ApiToken.user_id.is_(None))
    ).all()


def owners_of_stores(session: Session, codes: Collection[str]) -> Sequence[Row[str, int, int]]:
    """Return code, merchant and platform of stores that are not deleted."""
    return session.execute(
        select(Store.code, Store.merchant_id, Store.platform_id)
        .join(Platform, Platform.id == Store.platform_id)
        .where(Store.code.in_(codes), Store.deleted_at.is_(None))
    ).all()
