"""What Stripe's objects look like, read from the classes of the installed SDK (S20)."""
