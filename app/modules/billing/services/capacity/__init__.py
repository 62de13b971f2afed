"""How much of what was sold is used, how it grows, and what to do about it (D32–D35)."""
