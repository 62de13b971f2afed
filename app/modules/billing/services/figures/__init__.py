"""What subscriptions add up to: kept as they change, read without looking at any of them (D27)."""
