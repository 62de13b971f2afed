"""In which languages, sizes and colours a page is looked at."""

from dataclasses import dataclass

from tests.e2e.visitor import DESK, PHONE, Size


@dataclass(frozen=True)
class Appearance:
    """One way to load a page; German, which has the longest words, is examined in each theme."""

    locale: str
    size: Size

    def __str__(self) -> str:
        return f"{self.locale} at {self.size['width']} px"


APPEARANCES = [
    Appearance("de", PHONE),
    Appearance("de", DESK),
    Appearance("fr", PHONE),
    Appearance("lb", PHONE),
    Appearance("en", PHONE),
    Appearance("fr", DESK),
    Appearance("lb", DESK),
    Appearance("en", DESK),
]
