"""Softmax regression: an image of weights and a bias for each class."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the probabilities of logits (…, classes): float64 in [0, 1], of sum 1 over classes.

    The maximum is subtracted first, so that no exponential overflows.
    """
    scores = logits.astype(np.float64)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def log_softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the natural logarithm of the softmax, finite where the softmax rounds to 0."""
    scores = logits.astype(np.float64)
    scores -= scores.max(axis=-1, keepdims=True)
    logarithms: NDArray[np.float64] = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return logarithms


@dataclass(frozen=True, eq=False)
class SoftmaxRegression:
    """A linear classifier: an image of weights and a bias for each class.

    Its methods take float32 pixels in [0, 1]: (n, pixels) of many images, or (pixels,) of one.

    Attributes
    ----------
    weights
        (pixels, classes); any real numbers, kept as float32.
    bias
        (classes,); any real numbers, kept as float32.

    Raises
    ------
    ModelError
        Types or shapes are others, or the values are NaN, infinite, or so large that a logit
        would overflow.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
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
        reach = np.abs(self.weights).sum(axis=0, dtype=np.float64) + np.abs(self.bias)
        if not (reach < np.finfo(np.float32).max / 2).all():
            raise ModelError(
                "expected finite weights and biases, got NaN, infinity or values near the "
                "end of float32"
            )

    def logits(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return pixels @ weights + bias, (n, classes) or (classes,) float32."""
        logits: NDArray[np.float32] = pixels @ self.weights + self.bias
        return logits

    def probabilities(self, pixels: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the softmax of the logits, (n, classes) or (classes,) float64."""
        return softmax(self.logits(pixels))

    def predict(self, pixels: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the class of the largest logit of each image, (n,) integers."""
        classes: NDArray[np.intp] = np.argmax(self.logits(pixels), axis=-1)
        return classes

    def contributions(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return weight × pixel of one image for each class, (classes, pixels) float32.

        Their sum over the pixels, plus the bias, is the logit.
        """
        return self.weights.T * pixels

    def centred(self) -> "SoftmaxRegression":
        """Return the model less its mean over the classes: per pixel, and of the biases.

        All logits of an image move by the same amount, so probabilities and predictions stay.
        """
        weights = self.weights - self.weights.mean(axis=1, keepdims=True, dtype=np.float64)
        bias = self.bias - self.bias.mean(dtype=np.float64)
        return SoftmaxRegression(weights.astype(np.float32), bias.astype(np.float32))

    def of_plain_pixels(
        self, input_scale: NDArray[Any] | float = 1.0, input_shift: NDArray[Any] | float = 0.0
    ) -> "SoftmaxRegression":
        """Return a model of pixels with the logits that this one has for pixels × scale + shift.

        (pixels × scale + shift) @ W + b is pixels @ (scale · W) + (b + shift @ W).

        Parameters
        ----------
        input_scale, input_shift
            One number, or one for each pixel. Default: 1 and 0.

        Raises
        ------
        ModelError
            There are more or fewer numbers than pixels, or the model overflows.
        """
        pixels = len(self.weights)
        scale, shift = (np.asarray(value, np.float64) for value in (input_scale, input_shift))
        for name, array in (("scale", scale), ("shift", shift)):
            if array.shape not in ((), (pixels,)):
                raise ModelError(
                    f"expected an input {name} of 1 number or of {pixels}, one a pixel, got shape "
                    f"{array.shape}"
                )
        weights = self.weights.astype(np.float64)
        bias: NDArray[Any] = self.bias + np.broadcast_to(shift, pixels) @ weights
        scaled: NDArray[Any] = np.broadcast_to(scale, pixels)[:, None] * weights
        return SoftmaxRegression(scaled, bias)

    @classmethod
    def from_sklearn(
        cls,
        estimator: Any,
        input_scale: NDArray[Any] | float = 1.0,
        input_shift: NDArray[Any] | float = 0.0,
    ) -> "SoftmaxRegression":
        """Return the model of a fitted linear classifier of scikit-learn, centred.

        Parameters
        ----------
        estimator
            LogisticRegression or LinearSVC, say: it has `coef_` (classes, pixels), or (1, pixels)
            of two classes, `intercept_`, and `classes_` 0, 1, 2 ….
        input_scale, input_shift
            It was fitted to pixels × scale + shift, where pixels are in [0, 1]. After a
            StandardScaler of such pixels: 1 / `scale_` and −`mean_` / `scale_`.

        Raises
        ------
        ModelError
            The estimator is of another kind, is not fitted, or has other classes.
        """
        names = ("coef_", "intercept_", "classes_")
        if not all(hasattr(estimator, name) for name in names):
            raise ModelError(
                f"expected a fitted linear classifier with {', '.join(names)}, got "
                f"{type(estimator).__name__}; of a pipeline, pass the last step"
            )
        coef, intercept, classes = (np.asarray(getattr(estimator, name)) for name in names)
        if classes.tolist() != list(range(len(classes))):
            raise ModelError(
                f"expected classes from 0 to {len(classes) - 1}, as labels are in a data set, "
                f"got {classes.tolist()!r:.80}"
            )
        bias = np.broadcast_to(intercept, len(coef))
        return cls.of_columns(coef.T, bias, input_scale, input_shift)

    @classmethod
    def of_columns(
        cls,
        weights: NDArray[Any],
        bias: NDArray[Any],
        input_scale: NDArray[Any] | float,
        input_shift: NDArray[Any] | float,
    ) -> "SoftmaxRegression":
        """Return the centred model of weights (pixels, columns) and a bias (columns,).

        A single column scores the second of two classes: each gets half of it, the first negated.
        The other parameters and errors are those of `from_sklearn`.
        """
        if weights.shape[1:] == (1,):
            halves = np.array([-0.5, 0.5])
            weights, bias = weights * halves, bias * halves
        return cls(weights, bias).of_plain_pixels(input_scale, input_shift).centred()
