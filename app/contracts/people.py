"""What modules know of a person, and how they forget one (D28)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from app.contracts.ports import Port

if TYPE_CHECKING:
    from app.kit.db import UnitOfWork

Told = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Person:
    """Whom it is about: an address, with or without an account.

    `names` are what modules call whoever has this address; `merchant_ids` are the merchants that
    the person owns.
    """

    email: str
    user_id: int | None = None
    names: frozenset[str] = frozenset()
    merchant_ids: frozenset[int] = frozenset()


class PersonalDataProtocol(Protocol):
    """Keeps something of people, for as long as they may be known."""

    def names(self, work: "UnitOfWork", email: str) -> Collection[str]:
        """Return what whoever has this address is called here."""

    def tell(self, work: "UnitOfWork", person: Person) -> Told:
        """Return what is known of a person, by table; without hashes and secrets."""

    def check_forgettable(self, work: "UnitOfWork", person: Person) -> None:
        """Raise a named error where the person cannot be forgotten yet; else do nothing."""

    def forget(self, work: "UnitOfWork", person: Person) -> Mapping[str, int]:
        """Remove or anonymise everything but bills, in the caller's transaction.

        Returns how many rows were touched, by table.
        """


personal_data: Port[Sequence[PersonalDataProtocol]] = Port("personal_data")
