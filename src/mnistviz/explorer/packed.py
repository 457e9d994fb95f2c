"""Arrays as text, for the data of the page."""

import base64

import numpy as np
from numpy.typing import NDArray


def as_float32(array: NDArray[np.float32]) -> str:
    """Return an array as base64 of little-endian float32, in C order."""
    return as_base64(np.ascontiguousarray(array, "<f4").tobytes())


def as_base64(content: bytes) -> str:
    """Return bytes as base64."""
    return base64.b64encode(content).decode()
