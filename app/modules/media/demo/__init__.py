"""Demo data of this module: drawn pictures of what demo stores sell."""

from app.modules.media.demo.seed import seed_demo

__all__ = ["seed_demo"]
