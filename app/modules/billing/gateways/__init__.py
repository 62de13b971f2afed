"""The outside: the only importer of stripe, and only when it is asked (its import takes long)."""
