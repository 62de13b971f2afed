"""Background work of this module."""
