"""The values that are drawn white, and as the longest bar."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FULL_WEIGHT_PERCENTILE = 99.5


@dataclass(frozen=True)
class Scales:
    """The scales of a model's pictures; the same in all of them, so that any two compare.

    Attributes
    ----------
    weight
        The weight or contribution that is drawn white: the 99.5th percentile of |weights|. A
        contribution is never larger than its weight, since pixels are at most 1.
    logit
        The logit of the longest bar: the largest |logit| of the test split.
    """

    weight: float
    logit: float

    @classmethod
    def of(cls, weights: NDArray[np.float32], logits: NDArray[np.float32]) -> "Scales":
        """Return the scales of weights, and of their logits (n, classes) on the test split."""
        logit = float(np.abs(logits).max())
        return cls(full_weight(weights), logit or 1.0)


def full_weight(weights: NDArray[np.float32]) -> float:
    """Return the weight that is drawn white: above zero, so that a model of zeros is drawn grey."""
    return float(np.percentile(np.abs(weights), FULL_WEIGHT_PERCENTILE)) or 1.0
