"""Products of stores."""
