"""What a film depends on, as a hash: the same hash, the same film."""

import hashlib
from dataclasses import fields, is_dataclass
from importlib import metadata
from threading import local
from typing import Any, TypeVar

import numpy as np

from mnistviz._version import __version__
from mnistviz.formats.ffmpeg import version

T = TypeVar("T")
DRAWING = ("matplotlib", "numpy")  # packages whose versions may change a pixel
_last = local()


def versions() -> dict[str, str]:
    """Return the version of every program that takes part in making a film."""
    packages = {name: metadata.version(name) for name in DRAWING}
    return {"mnistviz": __version__, "ffmpeg": version(), **packages}


def fingerprint(*values: Any) -> str:
    """Return SHA-256, in hexadecimal, of values and of the versions of all that makes a film.

    Parameters
    ----------
    values
        Dataclasses, tuples, lists, dicts, arrays, and what Python writes the same every time:
        texts, numbers, None.
    """
    return _hash((versions(), values))


def shared(value: T) -> T:
    """Return the value of the last call, if this one is equal to it.

    Segments that come from another process each bring a copy of what they share; what has been
    worked out from it once need not be worked out again.
    """
    key = _hash(value)
    if getattr(_last, "key", None) != key:
        _last.key, _last.value = key, value
    last: T = _last.value
    return last


def _hash(value: Any) -> str:
    whole = hashlib.sha256()
    _add(whole, value)
    return whole.hexdigest()


def _add(whole: Any, value: Any) -> None:
    """Add a value with its type and length, so that no two values look the same."""
    if isinstance(value, np.ndarray):
        whole.update(f"{value.dtype.str}{value.shape}".encode())
        whole.update(np.ascontiguousarray(value).data)
        return
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, dict):
        value = [*value.items()]
    if isinstance(value, (tuple, list)):
        whole.update(f"{len(value)}:".encode())
        for each in value:
            _add(whole, each)
    else:
        whole.update(f"{value!r};".encode())
