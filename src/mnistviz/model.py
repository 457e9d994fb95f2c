"""Softmax regression: one image of weights and one bias a class."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError


def as_pixels(
    images: NDArray[np.uint8], out: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Flatten images and scale them to what a model takes.

    Parameters
    ----------
    images
        (n, height, width) uint8.
    out
        (n, height × width) float32 to write to; a new array by default.

    Returns
    -------
    NDArray
        (n, height × width) float32 in [0, 1], row by row.
    """
    rows = images.reshape(len(images), math.prod(images.shape[1:]))
    # A product takes half the time of a quotient, and 255 becomes exactly 1 all the same.
    return np.multiply(rows, np.float32(1 / 255), out=out, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class SoftmaxRegression:
    """A linear classifier: one image of weights and one bias a class.

    Attributes
    ----------
    weights
        (pixels, classes) float32.
    bias
        (classes,) float32.

    Raises
    ------
    ModelError
        Types or shapes are others, or the values are NaN, infinite, or so large that a logit
        would overflow.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        for name, array, dimensions in (("weights", self.weights, 2), ("bias", self.bias, 1)):
            if array.dtype != np.float32 or array.ndim != dimensions or not array.size:
                raise ModelError(
                    f"expected {name} of float32 in {dimensions} dimensions, none of them "
                    f"empty, got {array.dtype} of shape {array.shape}"
                )
        if self.weights.shape[1:] != self.bias.shape:
            raise ModelError(
                f"expected one bias for each of {self.weights.shape[1]} classes, "
                f"got {self.bias.size}"
            )
        reach = np.abs(self.weights).sum(axis=0, dtype=np.float64) + np.abs(self.bias)
        if not (reach < np.finfo(np.float32).max / 2).all():
            raise ModelError(
                "expected finite weights and biases, got NaN, infinity or values near the "
                "end of float32"
            )

    def logits(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the score of each class, (n, classes) or (classes,) float32.

        Parameters
        ----------
        pixels
            (n, pixels) or (pixels,) float32 in [0, 1].
        """
        scores: NDArray[np.float32] = pixels @ self.weights + self.bias
        return scores

    def probabilities(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the softmax of the logits: same shape, in [0, 1], of sum 1 over the classes.

        Parameters
        ----------
        pixels
            (n, pixels) or (pixels,) float32 in [0, 1].
        """
        scores = self.logits(pixels)
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares: NDArray[np.float32] = powers / powers.sum(axis=-1, keepdims=True)
        return shares

    def predict(self, pixels: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the class of the largest logit of each image, (n,) integers.

        Parameters
        ----------
        pixels
            (n, pixels) float32 in [0, 1].
        """
        classes: NDArray[np.intp] = np.argmax(self.logits(pixels), axis=-1)
        return classes

    def contributions(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what each pixel adds to each score, (classes, pixels) float32.

        The sum over the pixels plus the bias is the logit.

        Parameters
        ----------
        pixels
            (pixels,) float32 in [0, 1]: one image.
        """
        return self.weights.T * pixels

    def centred(self) -> "SoftmaxRegression":
        """Return the model with the mean over the classes taken off, per pixel and off the biases.

        Every score of an image moves by the same amount, so probabilities and predictions stay.
        """
        weights = self.weights - self.weights.mean(axis=1, keepdims=True, dtype=np.float64)
        bias = self.bias - self.bias.mean(dtype=np.float64)
        return SoftmaxRegression(weights.astype(np.float32), bias.astype(np.float32))
