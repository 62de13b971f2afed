"""Demo accounts and memberships."""

from datetime import timedelta
from random import Random

from app.contracts.demo import DemoPlan
from app.kit.db import UnitOfWork
from app.modules.tenancy.demo.names import FAMILY_NAMES, FIRST_NAMES
from app.modules.tenancy.models import MemberRole, MemberStatus, Store, StoreUser, User, UserType

INVITATION_LIFE = timedelta(days=14)


class DemoPeople:
    """Adds people who all have the demo's password."""

    def __init__(self, work: UnitOfWork, plan: DemoPlan, password_hash: str) -> None:
        self._work = work
        self._plan = plan
        self.password_hash = password_hash

    def add(self, email: str, name: str, user_type: UserType, *, locale: str) -> User:
        """Add an account with a verified address."""
        user = User(
            email=email,
            email_verified_at=self._plan.now,
            display_name=name,
            password_hash=self.password_hash,
            user_type=user_type,
            locale=locale,
            created_at=self._plan.now,
        )
        self._work.session.add(user)
        self._work.session.flush()
        return user

    def join(self, user: User, store: Store, role: MemberRole, status: MemberStatus) -> None:
        """Make somebody a member of a store, or invite them."""
        invited = status is MemberStatus.INVITED
        self._work.session.add(
            StoreUser(
                merchant_id=store.merchant_id,
                platform_id=store.platform_id,
                store_id=store.id,
                user_id=user.id,
                role=role,
                status=status,
                invitation_expires_at=self._plan.now + INVITATION_LIFE if invited else None,
                joined_at=None if invited else self._plan.now,
                created_at=self._plan.now,
            )
        )

    def invented_name(self, random: Random) -> str:
        """Return a name that nobody was asked for."""
        return f"{random.choice(FIRST_NAMES)} {random.choice(FAMILY_NAMES)}"
