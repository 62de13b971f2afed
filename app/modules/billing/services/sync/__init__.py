"""Local state of subscriptions follows Stripe's: wished for, leased, fetched, written (S12)."""

from app.modules.billing.services.sync.flight import sync_now
from app.modules.billing.services.sync.requests import request_sync, syncs_wait

__all__ = ["request_sync", "sync_now", "syncs_wait"]
