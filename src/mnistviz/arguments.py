"""Turn arguments into checked values: numbers of Python or of NumPy, texts, paths, settings."""

import inspect
import math
import operator
import sys
from collections.abc import Callable, Collection
from functools import cache, wraps
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from mnistviz.errors import OptionError

MOST_SHOWN = 60  # characters of a value in a message

Function = TypeVar("Function", bound=Callable[..., Any])


def spoken(name: str) -> str:
    """Return the name of a field as messages have it."""
    return name.replace("_", " ")


def whole(name: str, value: Any, least: int, most: float = math.inf) -> int:
    """Return a whole number in a range; raise OptionError for anything else.

    A NumPy integer is one; True, 1.0 and '1' are none.
    """
    try:
        if isinstance(value, bool):
            raise TypeError
        found = operator.index(value)
    except TypeError:
        raise OptionError(f"{name} must be a whole number (got {shown(value)})") from None
    if found.bit_length() >= sys.float_info.max_exp:  # more digits than Python prints
        raise OptionError(f"{name} must be a whole number below 1e308 (got a larger one)")
    if not least <= found <= most:
        limits = f"at least {least:,}" if most == math.inf else f"from {least:,} to {most:,}"
        raise OptionError(f"{name} must be {limits} (got {shown(found)})")
    return found


def number(name: str, value: Any) -> float:
    """Return a real number, which may be infinite; raise OptionError for anything else."""
    try:
        if _is_truth(value) or isinstance(value, (str, bytes)):
            raise TypeError
        return float(value)
    except (TypeError, ValueError):
        raise OptionError(f"{name} must be a number (got {shown(value)})") from None
    except OverflowError:
        raise OptionError(f"{name} must be a number below 1e308 (got a larger one)") from None


def path(name: str, value: Any) -> Path:
    """Return a path; raise OptionError for anything else."""
    try:
        return Path(value)
    except TypeError:
        raise OptionError(f"{name} must be a path or text (got {shown(value)})") from None


def items(value: Any) -> tuple[Any, ...] | None:
    """Return what a tuple, a list or an array holds; None of a text, or of a single thing."""
    try:
        return None if isinstance(value, (str, bytes)) else tuple(value)
    except TypeError:  # an array of no dimensions too, though it has an iterator
        return None


def one_of(name: str, value: object, known: Collection[str]) -> None:
    """Raise OptionError for a value that is not known."""
    if not isinstance(value, str) or value not in known:
        raise OptionError(f"{name} must be one of {', '.join(known)} (got {shown(value)})")


def instance(name: str, value: object, kind: type) -> None:
    """Raise OptionError for a value of another type."""
    if not isinstance(value, kind):
        raise OptionError(f"{name} must be {_words(kind)} (got {shown(value)})")


def checked(function: Function) -> Function:
    """Have a public function refuse arguments of the wrong type, by its annotations.

    What has a check of its own that can say more, such as a data set or a model, is left alone.

    Raises
    ------
    OptionError
        From the function: the argument is named, with what was expected and what was given.
    """
    signature = inspect.signature(function)
    hints = cache(lambda: get_type_hints(function))  # not at import: some types are imported late

    @wraps(function)
    def with_checks(*args: Any, **options: Any) -> Any:
        try:
            given = signature.bind(*args, **options).arguments
        except TypeError as error:
            raise OptionError(f"{function.__name__}: {error}") from None
        for name, value in given.items():
            kinds = _kinds(hints()[name])
            if kinds and not any(_is(value, kind) for kind in kinds):
                expected = " or ".join(dict.fromkeys(map(_words, kinds)))
                raise OptionError(f"{spoken(name)} must be {expected} (got {shown(value)})")
            # Path("") would be the current folder.
            is_empty = isinstance(value, str) and not value
            if Path in kinds and is_empty and signature.parameters[name].default != "":
                raise OptionError(f"{spoken(name)} must be a path (got an empty text)")
        return function(*args, **options)

    return cast(Function, with_checks)


_WORDS = {
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    str: "text",
    Path: "a path",
    tuple: "a tuple of texts",
    NoneType: "None",
    Callable: "a function",
}


def _kinds(hint: Any) -> tuple[Any, ...]:
    """Return the types that a hint names; none if one of several is not a simple one."""
    if isinstance(hint, UnionType) or get_origin(hint) is Union:
        kinds = tuple(kind for each in get_args(hint) for kind in _kinds(each))
        return kinds if all(kind in _WORDS for kind in kinds) else ()
    if get_origin(hint) is tuple and str not in get_args(hint):
        return (object,)  # checked where it is used
    kind = get_origin(hint) or hint
    return (kind,) if isinstance(kind, type) and kind is not Any else ()


def _is(value: object, kind: Any) -> bool:
    if kind in (int, float):
        method = "__index__" if kind is int else "__float__"
        return hasattr(value, method) and not _is_truth(value)
    if kind is tuple:
        return isinstance(value, (tuple, list)) and all(isinstance(each, str) for each in value)
    return isinstance(value, PathLike if kind is Path else kind)


def _is_truth(value: object) -> bool:
    """Whether a value is True or False, of Python or of NumPy."""
    return isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b"


def _words(kind: Any) -> str:
    return _WORDS.get(kind) or f"a {kind.__name__}"


def shown(value: object) -> str:
    """Return a value as messages have it, whatever its length or its `repr`."""
    try:
        text = repr(value)
    except Exception:  # of a class that is not ours, or of a number of too many digits
        text = ""
    short = 0 < len(text) <= MOST_SHOWN and "\n" not in text
    return text if short else f"a {type(value).__name__}"
