"""Brings a drawing or photo to the form of a data set's images, as MNIST's authors did theirs.

Whole numbers all the way, none above 2^53: a language that has nothing but float64 gives the same
bytes. docs/own-images.md states each step for one that repeats it.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.ink import ink_levels, luma
from mnistviz.errors import DataError

BOX, FIELD = 20, 28  # sides of the box that MNIST's digits fill, and of its images
Whole = TypeVar("Whole", int, NDArray[np.int64])


def image_form(rgba: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Bring a picture to the form of a data set's images.

    Parameters
    ----------
    rgba
        (h, w, 4) red, green, blue and opacity, upright: something drawn, dark on light or light
        on dark, that leaves most of the border free. At most 2^26 pixels.
    size
        Height and width of the image, in pixels.

    Returns
    -------
    NDArray[np.uint8]
        (height, width): background 0, ink up to 255. The ink's longer side is 20/28 of the
        image's smaller one; its centre of mass is in the pixel (height // 2, width // 2).

    Raises
    ------
    DataError
        If nothing stands out from the border, or nothing is left of it at this size.
    """
    box = max(1, _rounded(BOX * min(size), FIELD))
    fitted = _fit(_crop(ink_levels(luma(rgba))), box)
    return _centre(_stretch(fitted), size)


def _crop(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the smallest rectangle that holds all ink."""
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fit(ink: NDArray[np.uint8], box: int) -> NDArray[np.int64]:
    """Scale the longer side to the box's; each pixel is the mean of the area that it covers."""
    height, width = ink.shape
    rows, columns = (max(1, _rounded(box * side, max(ink.shape))) for side in ink.shape)
    # BLAS may add in any order: a float64 holds these sums exactly.
    sums = _covered(rows, height) @ ink @ _covered(columns, width).T
    return _rounded(sums.astype(np.int64), height * width)


def _covered(targets: int, sources: int) -> NDArray[np.float64]:
    """Return how much each target pixel covers of each source pixel, (targets, sources).

    Parameters
    ----------
    targets, sources
        How many pixels there are over the same length. A source pixel is `targets` units long,
        a target pixel `sources` units, so that all is whole.
    """
    target, source = np.arange(targets)[:, None] * sources, np.arange(sources) * targets
    ends = np.minimum(target + sources, source + targets)
    common: NDArray[np.int64] = np.maximum(ends - np.maximum(target, source), 0)
    return common.astype(np.float64)


def _stretch(levels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Make the brightest pixel 255, so that a thin pen does not mean a faint image."""
    brightest = int(levels.max())
    if not brightest:
        raise DataError("its lines are too thin for their length: nothing is left of them")
    return _rounded(255 * levels, brightest)


def _centre(levels: NDArray[np.int64], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Put the pixel of the centre of mass in the middle of an image; what is outside is lost."""
    image = np.zeros(size, np.uint8)
    rows, target_rows = _shift(levels.sum(axis=1), size[0])
    columns, target_columns = _shift(levels.sum(axis=0), size[1])
    image[target_rows, target_columns] = levels[rows, columns]
    return image


def _shift(masses: NDArray[np.int64], side: int) -> tuple[slice, slice]:
    """Return what comes into the image along one axis, and where to."""
    moment = int(masses @ np.arange(len(masses)))
    first = side // 2 - _rounded(moment, int(masses.sum()))
    return slice(max(-first, 0), side - first), slice(max(first, 0), first + len(masses))


def _rounded(part: Whole, whole: int) -> Whole:
    """Return part / whole, rounded to the nearest whole number, a half up."""
    return (2 * part + whole) // (2 * whole)
