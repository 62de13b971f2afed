"""Pytest plugins of this project, loaded by the settings in pyproject.toml."""
