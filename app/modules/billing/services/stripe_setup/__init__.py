"""Bringing an account at Stripe to what this installation needs; twice changes nothing (S10)."""
