"""Where the sandbox keeps its objects: one SQLite file, one writer at a time."""
