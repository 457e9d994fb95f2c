"""Scales pictures by area: each pixel is the mean of the area that it covers."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1 << 22  # pixels that are scaled at once, so that copies stay small
Whole = TypeVar("Whole", int, NDArray[np.int64])


def rounded(numerator: Whole, denominator: int) -> Whole:
    """Return a quotient as the nearest whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def covered(targets: int, sources: int) -> NDArray[np.float64]:
    """Return how much each target pixel covers of each source pixel, (targets, sources).

    A source pixel is `targets` units long, a target pixel `sources` units: whole numbers.
    """
    target, source = np.arange(targets)[:, None] * sources, np.arange(sources) * targets
    ends = np.minimum(target + sources, source + targets)
    common: NDArray[np.int64] = np.maximum(ends - np.maximum(target, source), 0)
    return common.astype(np.float64)


def in_size(images: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return images of one size in another one, whole, in the middle and not distorted.

    Parameters
    ----------
    images
        (n, h, w).
    size
        Height and width. What an image of other proportions leaves free has the median level of
        that image's border.
    """
    count, h, w = images.shape
    if (h, w) == size:
        return images
    height, width = size
    # The scale is the smaller of height / h and width / w, as a fraction of whole numbers.
    over, under = (height, h) if height * w <= width * h else (width, w)
    rows, columns = (max(1, rounded(over * side, under)) for side in (h, w))
    top, left = (height - rows) // 2, (width - columns) // 2
    result = np.empty((count, height, width), np.uint8)
    down, across = covered(rows, h), covered(columns, w).T
    step = max(1, AT_ONCE // (h * w))
    for start in range(0, count, step):
        some = images[start : start + step]
        sums = (down @ some @ across).astype(np.int64)
        result[start : start + step] = _border(some)[:, None, None]
        result[start : start + step, top : top + rows, left : left + columns] = rounded(sums, h * w)
    return result


def _border(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the median level of the outermost rows and columns of each image."""
    sides = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    levels: NDArray[np.float64] = np.median(np.concatenate(sides, axis=1), axis=1)
    return levels.astype(np.uint8)
