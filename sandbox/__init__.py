"""A Stripe that runs on this machine: the real SDK talks to it, and it sends signed webhooks.

The package stands alone: it knows nothing of the application around it.
"""
