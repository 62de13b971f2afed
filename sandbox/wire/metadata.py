"""Metadata: merged key by key; an empty value takes a key away, an empty whole takes all."""

from sandbox.store.json_values import Json


def merged_metadata(kept: Json | None, given: Json | str) -> Json:
    """What is kept after a request gave `given`."""
    if not isinstance(given, dict):
        return {}
    merged = {**(kept or {}), **given}
    return {key: value for key, value in merged.items() if value != ""}
