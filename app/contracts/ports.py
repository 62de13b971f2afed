"""Where bootstrap puts implementations of contracts."""

from typing import Generic, TypeVar

Contract = TypeVar("Contract")


class PortNotConnected(RuntimeError):
    """Bootstrap has not been run, or the module behind the port is missing."""


class Port(Generic[Contract]):
    """Holds the one implementation of a contract in this process."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._implementation: Contract | None = None

    def connect(self, implementation: Contract) -> None:
        """Install the implementation."""
        self._implementation = implementation

    def __call__(self) -> Contract:
        """Return the implementation. Raises PortNotConnected."""
        if self._implementation is None:
            raise PortNotConnected(f"nothing is connected to the port {self._name!r}")
        return self._implementation
