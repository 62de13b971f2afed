"""The modules of the product; each is described by its `module.py`."""
