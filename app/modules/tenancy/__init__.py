"""Platforms, merchants, stores and people: who they are, who may do what, how they sign in."""
