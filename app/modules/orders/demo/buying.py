"""Who buys what in the demo; invented, any likeness is chance."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.modules.orders.models import OrderStatus

BUYERS = (
    "Anna Thoma", "Bastien Leroy", "Carole Wirtz", "Daniel Scholtes", "Elise Marchand",
    "Fränk Biver", "Gaby Kohnen", "Henri Colas", "Isabel Pinto", "Jos Mangen", "Katja Huber",
    "Laura Conti", "Mike Peters", "Nadia Berger", "Olivier Roth", "Petra Klee",
)  # fmt: skip
GOODS = (
    "Riesling", "Crémant", "Landbrout", "Tarte aux quetsches", "Kachkéis", "Comté", "Espresso",
    "Quetschegebeess", "Tulpen", "Notizbuch", "Sac en toile", "Bike Bell",
)  # fmt: skip
SETTLED_AFTER = timedelta(days=14)


def lines(random: Random) -> list[dict[str, Any]]:
    """Return one to four things with their quantities and prices."""
    return [
        {
            "name": name,
            "sku": None,
            "quantity": random.randint(1, 4),
            "unit_price_cents": random.randint(4, 120) * 50 - 5,
        }
        for name in random.sample(GOODS, random.randint(1, 4))
    ]


def buyer(random: Random) -> tuple[str, str]:
    """Return a name with its address."""
    name = random.choice(BUYERS)
    return name, address_of(name)


def address_of(name: str) -> str:
    """Return the address of an invented buyer."""
    return f"{name.split(maxsplit=1)[0].lower().replace('ä', 'a')}@example.test"


def status(at: datetime, now: datetime, random: Random) -> OrderStatus:
    """Return how far an order of an age has come."""
    if random.random() < 0.04:
        return OrderStatus.CANCELLED
    if now - at > SETTLED_AFTER:
        return OrderStatus.SHIPPED
    return random.choice([OrderStatus.NEW, OrderStatus.PAID, OrderStatus.SHIPPED])
