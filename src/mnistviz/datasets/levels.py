"""Brings numbers of any kind to the levels of pixels, 0 to 255."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError

AT_ONCE = 1 << 22  # numbers that are scaled at once, so that copies stay small
LUMA = np.array([19595, 38470, 7471], np.uint32)  # ITU-R 601 in 65536ths, as Pillow has it


def as_levels(values: NDArray[Any], where: str) -> NDArray[np.uint8]:
    """Return pixels as levels from 0 to 255.

    Parameters
    ----------
    values
        (n, …) numbers of any type. Bytes are taken as they are, and so are other numbers of which
        the greatest is above 1 and none is above 255; numbers from 0 to 1 are multiplied by 255;
        of unsigned numbers of 16 bits the upper 8 count.
    where
        What messages call the file.

    Raises
    ------
    DataError
        If they are none of these, or one is not a number.
    """
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind not in "biuf":
        raise DataError(f"{where}: expected pixels that are numbers, got {values.dtype}.")
    least, most = (float(bound) for bound in _bounds(values))
    if not math.isfinite(least + most):
        raise DataError(f"{where}: expected numbers as pixels, got one that is infinite or NaN.")
    in_16_bits = values.dtype == np.uint16 and most > 255
    if least < 0 or (most > 255 and not in_16_bits):
        found = f"from {least:g} to {most:g}"
        raise DataError(
            f"{where}: expected pixels from 0 to 1 or from 0 to 255, got them {found}; scale them."
        )
    levels = np.empty(values.shape, np.uint8)
    given, taken = values.reshape(-1), levels.reshape(-1)
    for start in range(0, len(given), AT_ONCE):
        some = given[start : start + AT_ONCE]
        if in_16_bits:
            taken[start : start + AT_ONCE] = some // 256
        else:
            taken[start : start + AT_ONCE] = np.rint(some * (255.0 if most <= 1 else 1.0))
    return levels


def _bounds(values: NDArray[Any]) -> tuple[Any, Any]:
    return (values.min(), values.max()) if values.size else (0, 0)


def as_images(
    values: NDArray[Any], where: str, image_size: tuple[int, int] | None = None
) -> NDArray[Any]:
    """Return images, (n, height, width), from rows of pixels or from images with channels.

    Parameters
    ----------
    values
        (n, height, width); (n, pixels), where the image is square; or with a last axis, or one
        after the first, of 1 channel (grey) or of 3 (red, green and blue).
    where
        What messages call the file.
    image_size
        Height and width of the images if they are not square rows.

    Raises
    ------
    DataError
        If the shape is none of these.
    """
    shape = values.shape
    if len(shape) == 2:
        side = math.isqrt(shape[1])
        size = image_size if image_size and math.prod(image_size) == shape[1] else (side, side)
        if math.prod(size) == shape[1]:
            return values.reshape(-1, *size)
        raise DataError(
            f"{where}: expected rows of pixels of a square image, got {shape[1]} pixels in a row.\n"
            "If the images are not square, say so with an image size of as many pixels."
        )
    if len(shape) == 4 and shape[1] in (1, 3) and shape[3] not in (1, 3):
        values = np.moveaxis(values, 1, 3)
        shape = values.shape
    if len(shape) == 4 and shape[3] == 1:
        return values[..., 0]
    if len(shape) == 4 and shape[3] == 3:
        levels = as_levels(values, where)
        grey = np.empty(shape[:3], np.uint8)
        for place, image in enumerate(levels):
            grey[place] = (image @ LUMA + 0x8000) >> 16
        return grey
    if len(shape) != 3:
        got = "×".join(map(str, shape)) or "one number"
        raise DataError(
            f"{where}: expected images (n, height, width), grey or with 3 channels, or rows of "
            f"pixels (n, pixels), got {got}."
        )
    return values
