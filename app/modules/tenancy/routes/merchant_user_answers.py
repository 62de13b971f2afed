"""Answers that tell of the people of merchants."""

from app.modules.tenancy.schemas.merchant_users import MerchantUserOut, WorkplaceOut
from app.modules.tenancy.schemas.operators import MerchantName
from app.modules.tenancy.services.merchant_users import MerchantUser


def merchant_user_out(one: MerchantUser) -> MerchantUserOut:
    """Return the answer for an owner or a team member."""
    return MerchantUserOut(
        id=one.user.id,
        email=one.user.email,
        display_name=one.user.display_name,
        type=one.type,
        is_active=one.user.is_active,
        merchants=[MerchantName(id=id_, name=name) for id_, name in one.merchants],
        stores=[
            WorkplaceOut(
                id=store.store_id,
                code=store.store_code,
                name=store.store_name,
                role=store.role,
                status=store.status,
            )
            for store in one.stores
        ],
        created_at=one.user.created_at,
    )
