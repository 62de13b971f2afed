"""Add-ons: offered, bought, changed, cancelled, delivered, in step with Stripe (D29–D31)."""
