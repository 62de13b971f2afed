"""The platform that something is of."""

from pydantic import BaseModel, ConfigDict


class PlatformBrief(BaseModel):
    """A platform in passing."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    code: str
    name: str
