"""What hardware carries how many clients: the requirement's table (D35)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InfrastructureTier:
    """One size; `max_clients` is inclusive, None has no end. A `+` says "or more".

    The cost is in euro cents; the largest size costs at least as much."""

    max_clients: int | None
    vcpu: str
    ram: str
    storage: str
    database: str
    monthly_cost_cents: int

    @property
    def storage_bytes(self) -> int:
        """How much storage it has at least."""
        size = self.storage.rstrip("+")
        return int(size[:-2]) * UNITS[size[-2:]]


UNITS = {"GB": 10**9, "TB": 10**12}
TIERS = (
    InfrastructureTier(50, "2", "4GB", "100GB", "SQLite", 30_00),
    InfrastructureTier(100, "4", "8GB", "250GB", "PostgreSQL", 80_00),
    InfrastructureTier(300, "4", "16GB", "500GB", "PostgreSQL", 150_00),
    InfrastructureTier(500, "8", "32GB", "1TB", "PostgreSQL + Redis", 350_00),
    InfrastructureTier(1000, "16", "64GB", "2TB", "PostgreSQL + Redis", 700_00),
    InfrastructureTier(None, "32+", "128GB+", "4TB+", "PostgreSQL cluster", 1_500_00),
)


def tier_for(clients: int) -> InfrastructureTier:
    """Return the smallest size that carries so many active clients."""
    return next(one for one in TIERS if one.max_clients is None or clients <= one.max_clients)


def next_step_at(clients: int) -> int | None:
    """Return how many clients the present size carries at most; None for the largest."""
    return tier_for(clients).max_clients


def tier_name(tier: InfrastructureTier) -> str:
    """Return the clients of a size as the table names them, such as `50-100`."""
    place = TIERS.index(tier)
    lowest = 1 if place == 0 else TIERS[place - 1].max_clients
    return f"{lowest}+" if tier.max_clients is None else f"{lowest}-{tier.max_clients}"
