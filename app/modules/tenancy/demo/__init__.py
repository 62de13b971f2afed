"""Demo data of this module: two platforms, some sixty merchants, people of every kind."""

from app.modules.tenancy.demo.seed import seed_demo

__all__ = ["seed_demo"]
