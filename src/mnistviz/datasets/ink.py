"""Tells ink from paper: how much ink there is in each pixel of a drawing or photo.

Whole numbers all the way, none above 2^53, as in `image_form`; docs/own-images.md states each step.
"""

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError

MOST_PIXELS = 2**26  # of a picture: with more, the sums of cubes would pass 2^53
LEAST_CONTRAST = 16  # grey levels; paper alone differs from its border by less
FAINTEST = 2  # what has less than half of the ink's contrast is paper: shadows come near it
LEVELS = np.arange(256)


def luma(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the grey levels of a picture that lies on white: BT.601 luma, in 256ths.

    Parameters
    ----------
    rgba
        (h, w, 4) red, green, blue and opacity.
    """
    red, green, blue, opacity = np.moveaxis(rgba, -1, 0).astype(np.uint16)
    grey = (77 * red + 150 * green + 29 * blue + 128) // 256
    on_white: NDArray[np.uint16] = (grey * opacity + 255 * (255 - opacity) + 127) // 255
    return on_white.astype(np.uint8)


def ink_levels(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return how much ink is where: 0 is background, 255 full ink.

    The background is the median of the outermost rows and columns. Ink is what differs from it
    to one side, dark or light: the one on which the squares of the differences sum up higher.

    Parameters
    ----------
    grey
        (h, w) grey levels, at most 2^26 of them.

    Returns
    -------
    NDArray[np.uint8]
        (h, w), not all 0.

    Raises
    ------
    DataError
        If nothing stands out from the border, or as much to both sides.
    """
    pixels = np.bincount(grey.ravel(), minlength=256)
    contrast = _contrast(pixels, _twice_background(grey))
    full = _full_contrast(pixels, contrast)
    if full < 2 * LEAST_CONTRAST:
        raise DataError(
            f"expected a drawing that stands out from its border by {LEAST_CONTRAST} or more of "
            f"256 grey levels, got {full / 2:g}"
        )
    levels = np.minimum(255, (510 * contrast + full) // (2 * full))
    levels[FAINTEST * contrast < full] = 0
    return levels.astype(np.uint8)[grey]


def _twice_background(grey: NDArray[np.uint8]) -> int:
    """Return the sum of the two middle levels of the border, where each corner counts twice."""
    border = np.sort(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
    return int(border[border.size // 2 - 1]) + int(border[border.size // 2])


def _contrast(pixels: NDArray[np.int64], twice_background: int) -> NDArray[np.int64]:
    """Return twice the difference of each grey level from the background, to the ink's side."""
    lighter = np.maximum(2 * LEVELS - twice_background, 0)
    darker = np.maximum(twice_background - 2 * LEVELS, 0)
    light, dark = (int((pixels * side**2).sum()) for side in (lighter, darker))
    if light == dark == 0:
        raise DataError("expected a drawing, got one flat colour")
    if light == dark:
        raise DataError("expected ink that is darker or lighter than the border, got as much both")
    return lighter if light > dark else darker


def _full_contrast(pixels: NDArray[np.int64], contrast: NDArray[np.int64]) -> int:
    """Return the contrast of full ink: the median of what has half of the typical contrast.

    The typical contrast is cubes over squares, a mean in which a few dark pixels outweigh much
    uneven paper.

    Parameters
    ----------
    pixels, contrast
        (256,) of each grey level: how many pixels have it, and its contrast.
    """
    cubes, squares = (int((pixels * contrast**power).sum()) for power in (3, 2))
    ink = LEVELS[contrast >= cubes / (2 * squares)]
    ink = ink[np.argsort(contrast[ink])]
    below = np.cumsum(pixels[ink])
    median = np.searchsorted(below, (below[-1] - 1) // 2, side="right")
    return int(contrast[ink[median]])
