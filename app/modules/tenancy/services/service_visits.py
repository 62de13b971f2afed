"""A platform's own programs at its stores, let in without a statement (D2).

Their tokens and the stores that they ask for are kept warm: what another process revokes or
deletes is known within a second, what this one does at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.permissions import Role, permissions
from app.contracts.tenants import Owner
from app.kit.clocks import system_now
from app.kit.warm_rows import Warmer, WarmRows
from app.modules.tenancy.repositories import warm
from app.modules.tenancy.services.authenticate import TOUCHED_EVERY
from app.modules.tenancy.services.secrets import hash_secret


@dataclass(frozen=True, slots=True)
class ServiceToken:
    """What a platform's token may do there, until when, and when it was last used."""

    platform_id: int | None
    scopes: frozenset[str]
    expires_at: datetime | None
    last_used_at: datetime | None

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is valid, and its last use was noted lately."""
        noted = self.last_used_at is not None and now - self.last_used_at <= TOUCHED_EVERY
        return noted and (self.expires_at is None or now < self.expires_at)


def _read_tokens(session: Session, hashes: Collection[str]) -> Mapping[str, ServiceToken]:
    return {
        token_hash: ServiceToken(platform_id, frozenset(scopes), expires_at, last_used_at)
        for token_hash, platform_id, scopes, expires_at, last_used_at in warm.platform_tokens(
            session, hashes
        )
    }


def _read_stores(session: Session, codes: Collection[str]) -> Mapping[str, Owner]:
    return {
        code: Owner(merchant_id, platform_id)
        for code, merchant_id, platform_id in warm.owners_of_stores(session, codes)
    }


_tokens = WarmRows(_read_tokens)
_stores = WarmRows(_read_stores)
WARMER = Warmer([_tokens, _stores])


def find_service_visit(token: str, store_code: str, *, permission: str) -> Owner | None:
    """Return whose store a platform's program may visit; None: ask in the ordinary way."""
    service = _tokens.find(hash_secret(token))
    owner = _stores.find(store_code)
    if service is None or owner is None or service.platform_id != owner.platform_id:
        return None
    if not service.is_fresh(system_now()):
        return None
    wanted = permissions()[permission]
    return owner if wanted.held_by(Role.SERVICE) and wanted.scope in service.scopes else None


def forget_services() -> None:
    """Say that this process revoked a token or deleted a store."""
    _tokens.forget()
    _stores.forget()
