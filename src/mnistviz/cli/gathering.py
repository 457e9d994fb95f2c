"""Gathers the values of several options into the settings that a command takes as one."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import wraps
from typing import Any

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def gathered(
    name: str, config: Any, options: Iterable[Decorator], names: Iterable[str] = ()
) -> Decorator:
    """Return what gives a command options, and hands it their values as one dataclass.

    Parameters
    ----------
    name
        What the command takes it as.
    config
        The dataclass.
    options
        In the order of help.
    names
        Those of its fields that the options are for. Default: all.
    """
    gathers = tuple(names) or tuple(field.name for field in fields(config))

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_config(*args: Any, **values: Any) -> None:
            settings = config(**{each: values.pop(each) for each in gathers})
            command(*args, **{name: settings}, **values)

        decorated: Callable[..., None] = with_config
        for option in reversed(tuple(options)):
            decorated = option(decorated)
        return decorated

    return decorate
