"""The version, apart from `__init__` so that every floor may import it."""

__version__ = "0.1.0"
NAME = "mnistviz"  # in the pictures that it draws, so that it does not take them for a user's
