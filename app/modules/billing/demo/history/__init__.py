"""A year in the life of the demo's merchants, played at Stripe's sandbox by the real flows."""

from app.modules.billing.demo.history.play import play_history

__all__ = ["play_history"]
