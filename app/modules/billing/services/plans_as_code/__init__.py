"""The tiers of a platform as a file: written, compared, applied."""
