"""The values that are drawn white, and as the longest bars."""

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Split
from mnistviz.errors import ModelWarning

FULL_WEIGHT_PERCENTILE = 99.5
FLAT = 0.3  # of the scale of weights: if that of their effects is less, products look flat
AT_ONCE = 10_000  # images; in float32 they take four times the memory
HIGHEST_PERCENTILE, LOWEST_PERCENTILE = 99, 2  # of the highest scores, and of all


@dataclass(frozen=True)
class Scales:
    """The scales of a model's pictures; the same in all of them, so that any two compare.

    Attributes
    ----------
    weight
        The weight or contribution that is drawn white: the 99.5th percentile of |weights|. A
        contribution is never larger than its weight, since pixels are at most 1.
    low, high
        The scores of the longest bars below and above zero: the 2nd percentile of all scores of the
        test split, at most 0, and the 99th of each image's highest, above 0; both rounded away
        from zero to two digits. The largest score of all would be so far off that the bars of
        most images were too short to compare.
    """

    weight: float
    low: float
    high: float

    @classmethod
    def of(cls, weights: NDArray[np.float32], logits: NDArray[np.float32]) -> "Scales":
        """Return the scales of weights, and of their logits (n, classes) on the test split."""
        high = float(np.percentile(logits.max(axis=1), HIGHEST_PERCENTILE))
        low = float(np.percentile(logits, LOWEST_PERCENTILE))
        return cls(full_weight(weights), _outward(min(low, 0.0)), _outward(max(high, 0.0)) or 1.0)


def typical_ink(train: Split) -> NDArray[np.float32]:
    """Return the typical ink of each pixel, (pixels, 1) in [0, 1].

    It is the standard deviation of a pixel on the training split, as a share of the largest: so a
    weight of the pixel that varies most is its own effect, and weights of pixels that never vary,
    whatever they are, have none.
    """
    pixels = train.images.reshape(len(train), -1)
    total, squares = np.zeros(pixels.shape[1]), np.zeros(pixels.shape[1])
    for first in range(0, len(pixels), AT_ONCE):
        part = pixels[first : first + AT_ONCE].astype(np.float32)
        total += part.sum(axis=0, dtype=np.float64)
        squares += np.einsum("ij,ij->j", part, part, dtype=np.float64)
    ink = np.sqrt(np.maximum(0, squares / len(pixels) - (total / len(pixels)) ** 2))
    share: NDArray[np.float32] = (ink / (ink.max() or 1)).astype(np.float32)[:, None]
    return share


def drawn_weights(
    weights: NDArray[np.float32], train: Split, effect: bool, imported: bool
) -> NDArray[np.float32]:
    """Return what is drawn in the row of weights: they, or their effects, weight × typical ink.

    Warn with a `ModelWarning` of imported weights beside which the products would look flat.
    """
    if not effect and not imported:
        return weights
    found = weights * typical_ink(train)
    if effect:
        return found
    if full_weight(found) < FLAT * full_weight(weights):
        warnings.warn(
            "the largest weights are of pixels that hardly vary, beside which products look flat: "
            "see --weights effect, in Python weights='effect'",
            ModelWarning,
            stacklevel=2,
        )
    return weights


def full_weight(weights: NDArray[np.float32]) -> float:
    """Return the weight that is drawn white: above zero, so that a model of zeros is drawn grey."""
    return float(np.percentile(np.abs(weights), FULL_WEIGHT_PERCENTILE)) or 1.0


def _outward(value: float) -> float:
    """Return a number rounded away from zero to two significant digits."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return math.copysign(math.ceil(abs(value) / step - 1e-9) * step, value)
