"""Demo data of this module: a year of orders."""

from app.modules.orders.demo.seed import seed_demo

__all__ = ["seed_demo"]
