"""Shapes of the people of merchants (D39)."""

from datetime import datetime

from pydantic import BaseModel

from app.modules.tenancy.schemas.operators import MerchantName


class WorkplaceOut(BaseModel):
    """A store of a person: owned, worked in, or invited to."""

    id: int
    code: str
    name: str
    role: str
    status: str


class MerchantUserOut(BaseModel):
    """One person with the merchants and stores in sight."""

    id: int
    email: str
    display_name: str
    type: str
    is_active: bool
    merchants: list[MerchantName]
    stores: list[WorkplaceOut]
    created_at: datetime


class MerchantUserStatsOut(BaseModel):
    """Figures of the list: owners + team members = total = active + inactive."""

    total: int
    owners: int
    team_members: int
    active: int
    inactive: int
