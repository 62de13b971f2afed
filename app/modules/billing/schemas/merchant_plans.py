"""Shapes of what an owner reads of the merchant's subscriptions on all platforms."""

from pydantic import BaseModel

from app.modules.billing.schemas.addons import NamedOut
from app.modules.billing.schemas.features import UsageMetricOut
from app.modules.billing.schemas.money import InvoiceOut
from app.modules.billing.schemas.plans import CurrentPlanOut, PlanTierOut
from app.modules.billing.schemas.platforms import PlatformBrief


class MerchantPlanOut(CurrentPlanOut):
    """One of a merchant's subscriptions."""

    id: int
    platform: PlatformBrief


class EffectiveLimitOut(BaseModel):
    """What the merchant really has of a feature; null is unlimited (D8).

    `scope` is `merchant_override` where an exception decides, else `tier`.
    """

    feature_code: str
    name: str
    feature_type: str
    limit_value: int | None
    scope: str


class DetailedTierOut(PlanTierOut):
    """The tier with everything that the merchant has by it, exceptions and add-ons included."""

    feature_limits: list[EffectiveLimitOut]


class DetailedPlanOut(MerchantPlanOut):
    """A subscription with its tier in full."""

    tier: DetailedTierOut | None


class MerchantPlanDetailOut(BaseModel):
    """One subscription, and how much of it is used."""

    subscription: DetailedPlanOut
    usage: list[UsageMetricOut]


class MerchantInvoiceOut(InvoiceOut):
    """One of a merchant's invoices."""

    platform: PlatformBrief


class OperatedInvoiceOut(MerchantInvoiceOut):
    """One of a merchant's invoices for operators; `store` has the add-on that it is for."""

    store: NamedOut | None
