"""Shapes of outbound webhooks."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from app.kit.http.fields import Line
from app.modules.billing.models import (
    DeliveryStatus,
    OutboundEvent,
    WebhookDelivery,
    WebhookEndpoint,
)

Url = Annotated[Line, Field(min_length=1, max_length=500)]
Events = Annotated[set[OutboundEvent], Field(min_length=1)]


class WebhookEndpointIn(BaseModel):
    """A new endpoint: an https address, and what it wants to be told."""

    model_config = ConfigDict(extra="forbid")

    url: Url
    events: Events


class WebhookEndpointPatch(BaseModel):
    """What changes; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    url: Url = ""
    events: Events = set()
    is_active: bool = True


class WebhookEndpointOut(BaseModel):
    """An endpoint without its secret."""

    id: int
    url: str
    events: list[OutboundEvent]
    is_active: bool
    created_at: datetime

    @classmethod
    def of(cls, row: WebhookEndpoint) -> Self:
        """Return the answer for a row."""
        return cls.model_validate(row, from_attributes=True)


class WebhookSecretOut(BaseModel):
    """A signing secret, told this once; Standard Webhooks has libraries that check with it."""

    secret: str


class NewWebhookEndpointOut(WebhookEndpointOut):
    """A new endpoint with its secret."""

    secret: str


class WebhookDeliveryOut(BaseModel):
    """One event for an endpoint, and how it was taken. `body` is what was sent."""

    id: int
    event_id: str
    event_type: str
    status: DeliveryStatus
    attempts: int
    response_status: int | None
    duration_ms: int | None
    error: str | None
    body: str
    created_at: datetime
    attempted_at: datetime | None
    delivered_at: datetime | None

    @classmethod
    def of(cls, row: WebhookDelivery) -> Self:
        """Return the answer for a row."""
        return cls.model_validate(row, from_attributes=True)
