"""Tiers and add-ons that come with the product (D7, D29)."""
