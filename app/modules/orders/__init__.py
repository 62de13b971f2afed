"""Orders of stores."""
