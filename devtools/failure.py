"""The one exception that ends a `dev.py` command with a sentence instead of a traceback."""


class Failure(Exception):
    """Something the reader must put right; the message says what happened and the remedy."""
