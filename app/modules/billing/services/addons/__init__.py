"""Add-ons: offered, bought, changed, cancelled, fulfilled, and kept in step with Stripe (D29–D31)."""
