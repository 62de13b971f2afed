"""Shapes of looking at a merchant as its owner does."""

from pydantic import BaseModel


class LandingOut(BaseModel):
    """Which page to open next."""

    landing: str
