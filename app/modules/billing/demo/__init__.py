"""Demo data of this module: subscriptions in every state."""

from app.modules.billing.demo.seed import seed_demo

__all__ = ["seed_demo"]
