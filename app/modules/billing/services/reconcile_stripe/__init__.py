"""Comparing ourselves with Stripe: what differs is told, and repaired by the usual path (S16)."""
