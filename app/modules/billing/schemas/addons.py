"""Shapes of add-ons; prices in minor units of `currency`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt

from app.kit.http.fields import Line
from app.modules.billing.schemas.platforms import PlatformBrief
from app.modules.billing.schemas.tiers import Descriptions, Texts

Code = Annotated[Line, Field(min_length=1, max_length=80)]
Grants = dict[Annotated[str, Field(max_length=80)], StrictInt | StrictBool]


class AddOnOut(BaseModel):
    """An add-on that the platform sells.

    `choice` says what choosing it means: buy, owned, upgrade, downgrade or unavailable; a change
    is one of the store's add-on `changes_id` (D31).
    """

    code: str
    name: str
    description: str
    category: str
    price_cents: int
    currency: str
    billing_period: str
    quantity: int
    grants: dict[str, int | bool]
    owned: bool
    choice: str
    changes_id: int | None


class PendingPackOut(BaseModel):
    """A smaller pack that begins with the next period (D31)."""

    code: str
    name: str
    effective_at: datetime | None


class StoreAddOnOut(BaseModel):
    """An add-on of a store; `domain_name` is in ASCII, `domain_shown` for people."""

    id: int
    code: str
    name: str
    category: str
    status: str
    fulfilment: str
    domain_name: str | None
    domain_shown: str | None
    price_cents: int
    currency: str
    billing_period: str
    period_start: datetime | None
    period_end: datetime | None
    purchased_at: datetime
    cancel_at: datetime | None
    cancelled_at: datetime | None
    stopped_with_plan: bool
    pending_change: PendingPackOut | None


class DomainAvailabilityOut(BaseModel):
    """Whether a name can be bought; `available` null where nobody could be asked (D30).

    `name` is in ASCII where it is valid; `reason` says in words why it cannot be bought, or that
    nobody could be asked.
    """

    name: str
    shown: str
    valid: bool
    available: bool | None
    reason: str | None


class PurchaseIn(BaseModel):
    """An add-on to buy, one of it; a domain comes with its name."""

    model_config = ConfigDict(extra="forbid")

    addon_code: Code
    domain_name: Annotated[str, Field(max_length=1000)] | None = None
    quantity: Literal[1] = 1


class PackWishIn(BaseModel):
    """Another pack of the same kind."""

    addon_code: Code


class PackChangeIn(PackWishIn):
    """A change that is meant; with the `proration_date` of its preview the bill equals that."""

    proration_date: AwareDatetime | None = None


class AddOnProductPatch(BaseModel):
    """What may change of an add-on; `grants` maps feature codes to an amount or true (D10)."""

    model_config = ConfigDict(extra="forbid")

    name_i18n: Texts = Field(default_factory=dict)
    description_i18n: Descriptions = Field(default_factory=dict)
    category: Code = ""
    price_cents: StrictInt = 0
    billing_period: Literal["month", "year"] = "month"
    quantity: StrictInt = 1
    grants: Grants = Field(default_factory=dict)
    stripe_product_id: Line | None = Field(default=None, max_length=255)
    stripe_price_id: Line | None = Field(default=None, max_length=255)
    display_order: StrictInt = 0
    is_active: bool = True


class AddOnProductIn(AddOnProductPatch):
    """A new add-on of a platform; the code stays for good."""

    platform_id: int
    code: Code
    name_i18n: Texts
    category: Code
    price_cents: StrictInt
    billing_period: Literal["month", "year"]


class AddOnProductOut(BaseModel):
    """An add-on as operators see it; `stores` have it now."""

    id: int
    platform: PlatformBrief
    code: str
    name: str
    name_i18n: dict[str, str]
    description_i18n: dict[str, str]
    category: str
    price_cents: int
    currency: str
    billing_period: str
    quantity: int
    grants: dict[str, int | bool]
    stripe_product_id: str | None
    stripe_price_id: str | None
    display_order: int
    is_active: bool
    shipped: bool
    stores: int
    version: int
    created_at: datetime


class NamedOut(BaseModel):
    """Something with an id and a name, in passing."""

    id: int
    name: str


class FulfilmentOut(StoreAddOnOut):
    """An add-on that an operator has to deliver, and whose it is."""

    merchant: NamedOut
    store: NamedOut
    store_code: str


class SetupStepOut(BaseModel):
    """One thing at Stripe: unchanged, created or updated."""

    thing: str
    name: str
    outcome: str
    note: str
