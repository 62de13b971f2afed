"""A module from another distribution: it uses what modules are offered, and nothing else."""
