"""A linear classifier: an image of weights and a bias for each class."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import instance
from mnistviz.errors import ModelError
from mnistviz.model.kind import SOFTMAX, Kind

DRAWN = 0.01  # what a sum in float32 may be off by, at most: a tenth of the last digit of a score


@dataclass(frozen=True, eq=False)
class LinearClassifier:
    """A linear classifier: an image of weights and a bias for each class.

    Its methods take float32 pixels in [0, 1]: (n, pixels) of many images, or (pixels,) of one.

    Attributes
    ----------
    weights
        (pixels, classes); any real numbers, kept as float32.
    bias
        (classes,); any real numbers, kept as float32.
    kind
        What kind of classifier it is. Default: softmax regression.

    Raises
    ------
    ModelError
        Types or shapes are others, or the values are NaN, infinite, or so large that a logit
        would overflow.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    kind: Kind = SOFTMAX

    def __post_init__(self) -> None:
        instance("kind", self.kind, Kind)
        for name, dimensions in (("weights", 2), ("bias", 1)):
            array = np.asarray(getattr(self, name))
            if array.dtype.kind not in "fiu" or array.ndim != dimensions or not array.size:
                raise ModelError(
                    f"expected {name} of real numbers in {dimensions} dimensions, none of them "
                    f"empty, got {array.dtype} of shape {array.shape}"
                )
            with np.errstate(over="ignore"):  # the sum below finds an overflow
                object.__setattr__(self, name, array.astype(np.float32, copy=False))
        if self.weights.shape[1:] != self.bias.shape:
            raise ModelError(
                f"expected one bias for each of {self.weights.shape[1]} classes, "
                f"got {self.bias.size}"
            )
        with np.errstate(invalid="ignore"):  # of a signalling NaN, which the next line finds
            reach = np.abs(self.weights).sum(axis=0, dtype=np.float64) + np.abs(self.bias)
        if not (reach < np.finfo(np.float32).max / 2).all():
            raise ModelError(
                "expected finite weights and biases, got NaN, infinity or values near the "
                "end of float32"
            )

    def logits(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return pixels @ weights + bias, (n, classes) or (classes,) float32."""
        if self._is_exact_enough:
            return pixels @ self.weights + self.bias
        exact = pixels.astype(np.float64) @ self.weights.astype(np.float64) + self.bias
        return exact.astype(np.float32)

    @cached_property
    def _is_exact_enough(self) -> bool:
        """Whether sums in float32 have all the digits that are drawn, however they cancel."""
        reach = np.abs(self.weights).sum(axis=0, dtype=np.float64).max()
        return bool(reach * np.finfo(np.float32).eps < DRAWN)

    def probabilities(self, pixels: NDArray[np.float32]) -> NDArray[np.float64] | None:
        """Return (n, classes) or (classes,) float64 in [0, 1]; None of a kind that has none."""
        return self.kind.probabilities(self.logits(pixels))

    def predict(self, pixels: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the class of the largest logit of each image, (n,) integers."""
        classes: NDArray[np.intp] = np.argmax(self.logits(pixels), axis=-1)
        return classes

    def contributions(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return weight × pixel of one image for each class, (classes, pixels) float32.

        Their sum over the pixels, plus the bias, is the logit.
        """
        return self.weights.T * pixels

    def centred(self) -> Self:
        """Return the model less its mean over the classes: per pixel, and of the biases.

        All logits of an image move by the same amount, so that predictions stay, and so does the
        softmax. A model of one score against the rest for each class is returned as it is: its
        scores mean something each by itself.
        """
        if self.kind.link != "softmax":
            return self
        weights = self.weights - self.weights.mean(axis=1, keepdims=True, dtype=np.float64)
        bias = self.bias - self.bias.mean(dtype=np.float64)
        return replace(self, weights=weights.astype(np.float32), bias=bias.astype(np.float32))


SoftmaxRegression = LinearClassifier
"""The name of before, when there was one kind."""
