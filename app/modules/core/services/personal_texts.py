"""The part of forgetting that most modules share: people who are mentioned in texts."""

from collections.abc import Collection, Mapping

from app.contracts.people import Person, Told
from app.kit.db import UnitOfWork
from app.kit.mentions import Column, Mentions, blot_out, find_mentions


def mentions_of(person: Person) -> Mentions:
    """Return how texts mention a person."""
    return Mentions.of(person.email, person.names)


class PersonalTexts:
    """Personal data in texts alone; modules that keep more of people build on it."""

    def __init__(self, *columns: Column) -> None:
        self.columns = columns

    def names(self, work: UnitOfWork, email: str) -> Collection[str]:
        """Texts name nobody by an address."""
        return ()

    def tell(self, work: UnitOfWork, person: Person) -> Told:
        """Return the rows that mention the person."""
        return find_mentions(work.session, mentions_of(person), self.columns)

    def check_forgettable(self, work: UnitOfWork, person: Person) -> None:
        """A mention never keeps anybody from being forgotten."""

    def forget(self, work: UnitOfWork, person: Person) -> Mapping[str, int]:
        """Blot the person out of all texts."""
        return blot_out(work.session, mentions_of(person), self.columns)
