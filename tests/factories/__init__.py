"""Things for tests to start from, written straight to the database."""
