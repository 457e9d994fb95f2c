"""The version, apart from `__init__` so that every floor may import it."""

__version__ = "0.1.0"
