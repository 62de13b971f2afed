"""The product's English texts."""

from functools import cache

from app import bootstrap
from app.kit.i18n import Catalogs


@cache
def _catalogs() -> Catalogs:
    folders = [module.folder / "locales" for module in bootstrap.MODULES]
    return Catalogs([folder for folder in folders if folder.is_dir()])


def text(key: str) -> str:
    """Return the text of a key with its parameters in braces. Raises KeyError."""
    return _catalogs().texts("en").forms[key][0]
