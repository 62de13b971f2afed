"""Named queries, the tenant first."""
