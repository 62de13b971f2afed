"""Stripe's webhooks: stored once, answered, then worked off by a registry of handlers (S11–S14)."""
