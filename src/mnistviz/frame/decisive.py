"""Which part of an image decides between two classes, in words.

The explorer has the same rule in `explorer/assets/decisive.js`; a test compares the two.
"""

import numpy as np
from numpy.typing import NDArray

from mnistviz.language.language import Language, later

PARTS = 3  # of the image's height and of its width
# Translators: where in the image most of the difference between two classes' scores comes from.
PLACES = (
    later("the top left decides most: {value} (in all {total})"),
    later("the top decides most: {value} (in all {total})"),
    later("the top right decides most: {value} (in all {total})"),
    later("the left decides most: {value} (in all {total})"),
    later("the middle decides most: {value} (in all {total})"),
    later("the right decides most: {value} (in all {total})"),
    later("the bottom left decides most: {value} (in all {total})"),
    later("the bottom decides most: {value} (in all {total})"),
    later("the bottom right decides most: {value} (in all {total})"),
    # Translators: the biases of two classes; numbers that no pixel is multiplied by.
    later("the biases decide most: {value} (in all {total})"),
)


def sums_of(
    differences: NDArray[np.float32], bias: float, size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return what the nine parts of the image and the biases add to a difference of scores.

    Parameters
    ----------
    differences
        What each pixel adds, (pixels,).
    bias
        What the biases add.
    size
        Height and width of the image.
    """
    rows, columns = (np.arange(side) * PARTS // side for side in size)
    where = (PARTS * rows[:, None] + columns).ravel()
    return np.append(np.bincount(where, weights=differences, minlength=PARTS**2), bias)


def decisive(sums: NDArray[np.float64]) -> tuple[int, bool]:
    """Return the largest of the sums that speak for the class ahead, and whether it decides.

    It does if it is more than all others that speak for that class together. So one at most does,
    however much speaks against it.
    """
    pulls = sums if sums.sum() >= 0 else -sums
    largest = int(pulls.argmax())
    return largest, bool(2 * pulls[largest] > pulls[pulls > 0].sum())


def sentence(language: Language, sums: NDArray[np.float64]) -> str:
    """Return which part decides, or that none does."""
    largest, decides = decisive(sums)
    value, total = language.signed(float(sums[largest])), language.signed(float(sums.sum()))
    if decides:
        return language.say(PLACES[largest], value=value, total=total)
    # Translators: no ninth of the image makes most of the difference between two classes' scores;
    # {value} is what the strongest adds.
    return language.say("no single part decides: the strongest adds {value}", value=value)
