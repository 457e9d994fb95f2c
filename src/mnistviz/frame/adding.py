"""The sum, pixel after pixel: in which order pixels are added, and when the lead is settled.

The explorer has the same rules in `explorer/assets/adding.js`; a test compares the two.
"""

import numpy as np
from numpy.typing import NDArray


def runner_up(scores: NDArray[np.float32], label: int) -> int:
    """Return the class of the largest score except one class."""
    others = scores.copy()
    others[label] = -np.inf
    return int(others.argmax())


def places_in(
    order: str,
    pixels: NDArray[np.float32],
    products: NDArray[np.float32],
    logits: NDArray[np.float32],
    predicted: int,
) -> NDArray[np.intp]:
    """Return the places of the pixels that have ink, in the order in which they are added.

    Parameters
    ----------
    order
        One of `SUM_ORDERS`: 'rows', row by row, or 'influence', those first that add most to the
        lead of the predicted class on the second, or take most from it.
    pixels
        Of the image, (pixels,) in [0, 1].
    products
        What each adds to each score, (classes, pixels).
    logits, predicted
        The scores, and the predicted class.
    """
    places = np.flatnonzero(pixels)
    if order == "rows":
        return places
    second = runner_up(logits, predicted)
    influence = np.abs(products[predicted] - products[second])[places]
    return places[np.argsort(-influence, kind="stable")]


def sums_after(
    places: NDArray[np.intp], products: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the scores after each number of pixels, from none to all: (numbers, classes)."""
    parts = np.vstack([bias[None], products[:, places].T]).astype(np.float64)
    return np.cumsum(parts, axis=0)


def settled_after(sums: NDArray[np.float64], predicted: int) -> int:
    """Return the fewest pixels from which on no class is ahead of the predicted one.

    Of all pixels that is so by definition: in a tie, the prediction says who leads.
    """
    behind = sums[:-1].max(axis=1) > sums[:-1, predicted]
    return int(np.flatnonzero(behind).max(initial=-1)) + 1
