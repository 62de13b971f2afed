"""Tierline: subscriptions, feature gating and billing for commerce platforms."""
