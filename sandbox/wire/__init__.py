"""Stripe's way over HTTP: forms, keys, errors, versions, idempotency, expansion, lists."""
