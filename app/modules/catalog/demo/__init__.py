"""Demo data of this module: stores well below, near, at and above their limit."""

from app.modules.catalog.demo.seed import seed_demo

__all__ = ["seed_demo"]
