"""Journeys through the payment of plans."""
