"""Refusing what an option cannot be."""

from mnistviz.errors import OptionError


def check_known(name: str, value: object, known: tuple[str, ...]) -> None:
    """Refuse a value that is none of the known ones; raise OptionError."""
    if value not in known:
        raise OptionError(f"{name} must be one of {', '.join(known)} (got {value!r})")
