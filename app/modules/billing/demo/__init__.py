"""Demo data of this module: subscriptions in every state, and a year of snapshots."""

from app.modules.billing.demo.seed import seed_demo
from app.modules.billing.demo.snapshots import write_snapshots

__all__ = ["seed_demo", "write_snapshots"]
