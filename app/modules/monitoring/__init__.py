"""How the platform grows and how it is."""
