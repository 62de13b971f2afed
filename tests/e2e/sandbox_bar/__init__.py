"""The sandbox bar in a real browser."""
