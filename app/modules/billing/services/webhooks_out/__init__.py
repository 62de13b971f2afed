"""Webhooks that leave: merchants' own systems hear of what happens to their plans."""
