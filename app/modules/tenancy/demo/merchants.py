"""What demo merchants are like; pure, from a number and a generator."""

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from app.modules.tenancy.demo.names import FAMILY_NAMES, FIRST_NAMES, TOWNS, TRADES
from app.modules.tenancy.models import Platform

MERCHANTS = 60
OLDEST_DAYS = 400
SECOND_TRADE = 4  # whoever has the same family name has another trade


@dataclass(frozen=True)
class DemoMerchant:
    """One invented merchant with its owner; `stores` says how many shops it has."""

    code: str
    name: str
    owner_name: str
    owner_email: str
    locale: str
    street: str
    postal_code: str
    city: str
    country: str
    stores: int
    home: int
    is_active: bool
    age_days: int

    def store_code(self, n: int) -> str:
        """Return the code of the n-th store: `weber`, `weber-2`."""
        return self.code if n == 0 else f"{self.code}-{n + 1}"

    def store_name(self, n: int) -> str:
        """Return the name of the n-th store."""
        return self.name if n == 0 else f"{self.name} {self.city} {n + 1}"

    def platform_of(self, n: int, platforms: list[Platform]) -> Platform:
        """Return where the n-th store sells; every third store of a chain is on the other one."""
        return platforms[(self.home + (n == 2)) % len(platforms)]


def demo_merchant(number: int, random: Random) -> DemoMerchant:
    """Return the merchant of a number; number 0 is the one that `owner@demo.test` owns."""
    family = FAMILY_NAMES[number % len(FAMILY_NAMES)]
    trade, locale = TRADES[(number + SECOND_TRADE * (number // len(FAMILY_NAMES))) % len(TRADES)]
    code = _slug(family) if number < len(FAMILY_NAMES) else f"{_slug(family)}-{_slug(trade)}"
    postal_code, city, country = random.choice(TOWNS)
    return DemoMerchant(
        code=code,
        name=f"{trade} {family}",
        owner_name=f"{random.choice(FIRST_NAMES)} {family}",
        owner_email="owner@demo.test" if number == 0 else f"owner@{code}.test",
        locale="en" if number == 0 else locale,
        street=f"{random.randint(1, 120)}, Haaptstrooss",
        postal_code=postal_code,
        city=city,
        country=country,
        stores=2 if number == 0 else (3 if number % 10 == 4 else 1),
        home=0 if number % 3 else number % 2,
        is_active=number % 20 != 19,
        age_days=OLDEST_DAYS - number * OLDEST_DAYS // MERCHANTS,
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
