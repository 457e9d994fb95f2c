"""Brings a drawing or photo to the form of a data set's images, as MNIST's authors did theirs.

All numbers are whole and none is above 2^53, so that a language with only float64 gives the same
bytes. docs/own-pictures.md states each step.
"""

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.area import covered, rounded
from mnistviz.errors import DataError

MOST_PIXELS = 2**26  # of a picture: with more, the sums of cubes would pass 2^53
LEAST_CONTRAST = 16  # grey levels; paper alone differs from its border by less
PAPER_DIVISOR = 2  # below full contrast / 2 a pixel is paper: shadows come near it
BOX, FIELD = 20, 28  # sides of the box that MNIST's digits fill, and of its images
LEVELS = np.arange(256)


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
    return form_of_ink(ink_levels(grey_on_white(rgba)), size)


def form_of_ink(ink: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Bring the ink of a drawing, (h, w) and not all 0, to the form of a data set's images.

    Raises
    ------
    DataError
        If nothing is left of it at this size.
    """
    box = max(1, rounded(BOX * min(size), FIELD))
    return _centre(_stretch(_fit(_crop(ink), box)), size)


def grey_on_white(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the grey levels of a picture on white: BT.601 luma, in 256ths."""
    red, green, blue, opacity = np.moveaxis(rgba, -1, 0).astype(np.uint16)
    grey = (77 * red + 150 * green + 29 * blue + 128) // 256
    on_white: NDArray[np.uint16] = (grey * opacity + 255 * (255 - opacity) + 127) // 255
    return on_white.astype(np.uint8)


def ink_levels(grey: NDArray[np.uint8], paper: int | None = None) -> NDArray[np.uint8]:
    """Return how much ink each pixel has: 0 is background, 255 full ink.

    The background is the median of the outermost rows and columns. Ink is what differs from it
    to one side, dark or light: the one on which the squares of the differences sum up higher.

    Parameters
    ----------
    grey
        (h, w) grey levels, at most 2^26 of them.
    paper
        The level of the background, if it is known.

    Returns
    -------
    NDArray[np.uint8]
        (h, w), not all 0.

    Raises
    ------
    DataError
        If nothing stands out from the border, or dark and light stand out equally.
    """
    pixels = np.bincount(grey.ravel(), minlength=256)
    twice = _twice_background(grey) if paper is None else 2 * paper
    contrast = _contrast(pixels, twice)
    full = _full_contrast(pixels, contrast)
    if full < 2 * LEAST_CONTRAST:
        raise DataError(
            f"expected a drawing that stands out from its border by {LEAST_CONTRAST} or more of "
            f"256 grey levels, got {full / 2:g}"
        )
    levels = np.minimum(255, (510 * contrast + full) // (2 * full))
    levels[PAPER_DIVISOR * contrast < full] = 0
    return levels.astype(np.uint8)[grey]


def _twice_background(grey: NDArray[np.uint8]) -> int:
    """Return the sum of the two middle levels of the border, where each corner counts twice."""
    border = np.sort(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
    return int(border[border.size // 2 - 1]) + int(border[border.size // 2])


def _contrast(pixels: NDArray[np.int64], twice_background: int) -> NDArray[np.int64]:
    """Return twice the difference of each grey level from the background, on the ink's side."""
    lighter = np.maximum(2 * LEVELS - twice_background, 0)
    darker = np.maximum(twice_background - 2 * LEVELS, 0)
    light, dark = (int((pixels * side**2).sum()) for side in (lighter, darker))
    if light == dark == 0:
        raise DataError("expected a drawing, got one flat colour")
    if light == dark:
        raise DataError(
            "expected ink that is darker or lighter than the border, got as much of both"
        )
    return lighter if light > dark else darker


def _full_contrast(pixels: NDArray[np.int64], contrast: NDArray[np.int64]) -> int:
    """Return the contrast of full ink: the median of those above half of the typical contrast.

    The typical contrast is cubes over squares, a mean in which a few dark pixels outweigh much
    uneven paper. Both arrays are (256,): pixels of each grey level, and its contrast.
    """
    cubes, squares = (int((pixels * contrast**power).sum()) for power in (3, 2))
    ink = LEVELS[contrast >= cubes / (2 * squares)]
    ink = ink[np.argsort(contrast[ink])]
    below = np.cumsum(pixels[ink])
    median = np.searchsorted(below, (below[-1] - 1) // 2, side="right")
    return int(contrast[ink[median]])


def _crop(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the smallest rectangle that holds all ink."""
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fit(ink: NDArray[np.uint8], box: int) -> NDArray[np.int64]:
    """Scale the longer side to the box's; each pixel is the mean of the area that it covers."""
    height, width = ink.shape
    rows, columns = (max(1, rounded(box * side, max(ink.shape))) for side in ink.shape)
    # BLAS may add in any order: a float64 holds these sums exactly.
    sums = covered(rows, height) @ ink @ covered(columns, width).T
    return rounded(sums.astype(np.int64), height * width)


def _stretch(levels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Make the brightest pixel 255, so that a thin pen does not mean a faint image."""
    brightest = int(levels.max())
    if not brightest:
        raise DataError("its lines are too thin for their length: nothing is left of them")
    return rounded(255 * levels, brightest)


def _centre(levels: NDArray[np.int64], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Put the pixel of the centre of mass in the middle; what falls outside is lost."""
    image = np.zeros(size, np.uint8)
    rows, target_rows = _shift(levels.sum(axis=1), size[0])
    columns, target_columns = _shift(levels.sum(axis=0), size[1])
    image[target_rows, target_columns] = levels[rows, columns]
    return image


def _shift(masses: NDArray[np.int64], side: int) -> tuple[slice, slice]:
    """Return which of the levels come into the image along one axis, and their place in it."""
    moment = int(masses @ np.arange(len(masses)))
    first = side // 2 - rounded(moment, int(masses.sum()))
    return slice(max(-first, 0), side - first), slice(max(first, 0), first + len(masses))
