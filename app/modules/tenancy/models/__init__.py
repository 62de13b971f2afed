"""Tables of this module."""

from app.modules.tenancy.models.api_token import ApiToken
from app.modules.tenancy.models.merchant import Merchant
from app.modules.tenancy.models.one_time_link import LinkPurpose, OneTimeLink
from app.modules.tenancy.models.platform import Platform
from app.modules.tenancy.models.platform_admin import PlatformAdmin
from app.modules.tenancy.models.session import UserSession
from app.modules.tenancy.models.store import Store
from app.modules.tenancy.models.store_user import MemberRole, MemberStatus, StoreUser
from app.modules.tenancy.models.team_seat import TeamSeat
from app.modules.tenancy.models.user import User, UserType

__all__ = [
    "ApiToken",
    "LinkPurpose",
    "MemberRole",
    "MemberStatus",
    "Merchant",
    "OneTimeLink",
    "Platform",
    "PlatformAdmin",
    "Store",
    "StoreUser",
    "TeamSeat",
    "User",
    "UserSession",
    "UserType",
]
