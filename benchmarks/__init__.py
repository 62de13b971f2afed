"""Measurements, each run by its name: `python3 dev.py bench NAME`."""
