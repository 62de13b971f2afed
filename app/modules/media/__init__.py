"""Media files of stores; here their features alone."""
