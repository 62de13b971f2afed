"""What modules know of each other: protocols, frozen dataclasses and ports; standard library only.

A port is a place that bootstrap fills with an implementation and tests may fill with another.
"""
