"""The outside; the only importer of stripe."""
