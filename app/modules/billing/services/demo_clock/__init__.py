"""Moving business time, together with the sandbox's (S21)."""
