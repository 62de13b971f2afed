"""Operators at work in the administration."""
