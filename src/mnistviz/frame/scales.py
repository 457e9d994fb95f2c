"""The values that are drawn white, and as the longest bars."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FULL_WEIGHT_PERCENTILE = 99.5
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


def full_weight(weights: NDArray[np.float32]) -> float:
    """Return the weight that is drawn white: above zero, so that a model of zeros is drawn grey."""
    return float(np.percentile(np.abs(weights), FULL_WEIGHT_PERCENTILE)) or 1.0


def _outward(value: float) -> float:
    """Return a number rounded away from zero to two significant digits."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return math.copysign(math.ceil(abs(value) / step - 1e-9) * step, value)
