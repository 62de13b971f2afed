"""Subscriptions, features and limits, prices and payments."""
