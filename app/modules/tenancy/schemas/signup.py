"""Shape of a sign-up."""

from pydantic import BaseModel, Field

from app.modules.tenancy.schemas.account import DisplayName, Email, Language, Password


class SignupIn(BaseModel):
    """A merchant with its first store, the owner, the platform and the plan (D3)."""

    merchant_name: str = Field(max_length=500)
    store_name: str = Field(max_length=500)
    store_code: str = Field(max_length=100)
    email: Email
    password: Password
    platform_code: str = Field(max_length=100)
    tier_code: str | None = Field(None, max_length=100)
    locale: Language = "en"
    display_name: DisplayName = ""
