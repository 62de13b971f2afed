"""Peers: other products at the same work, run in an environment of their own."""
