"""Other people's linear classifiers: which arrays are the weights, and which axis is which."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import checked
from mnistviz.datasets.arrays import Arrays, is_real
from mnistviz.errors import ModelError
from mnistviz.model.softmax import SoftmaxRegression

# The bias that goes with each name of weights: mnistviz's, scikit-learn's, PyTorch's.
_BIAS_OF = {"weights": "bias", "coef_": "intercept_", "weight": "bias"}
_EXPECTED = "'weights' and 'bias', 'coef_' and 'intercept_', or 'weight' and 'bias'"


@dataclass(frozen=True, eq=False)
class LinearWeights:
    """A linear classifier as found in a file, not yet fitted to a data set.

    Attributes
    ----------
    name
        Name of the weights; the part after its last dot says by which convention.
    weights
        (pixels, classes), (classes, pixels), or of two classes (1, pixels) or (pixels, 1).
    bias
        As many as classes, or 1 of two classes; a single number for all; None for none, as in
        ``nn.Linear(bias=False)``.
    input_scale, input_shift
        It was trained on pixels × scale + shift, where pixels are in [0, 1]: a number each, or
        one for each pixel.
    source
        Name of the classifier in messages: its file, say.
    """

    name: str
    weights: NDArray[Any]
    bias: NDArray[Any] | None
    input_scale: NDArray[Any] | float = 1.0
    input_shift: NDArray[Any] | float = 0.0
    source: str = "the model"

    def fitted(self, classes: tuple[str, ...], image_size: tuple[int, int]) -> SoftmaxRegression:
        """Return the classifier of pixels in [0, 1], centred, for these classes, height and width.

        Raises
        ------
        ModelError
            The shapes do not fit the data, or fit them in two ways.
        """
        try:
            pixels = math.prod(image_size)
            weights = self._by_pixels(pixels, len(classes))
            bias = self._by_columns(weights.shape[1])
            return _of_columns(weights, bias, self.input_scale, self.input_shift)
        except ModelError as error:
            raise ModelError(f"{self.source}: {error}") from None

    def _by_pixels(self, pixels: int, classes: int) -> NDArray[Any]:
        """Return the weights with one row for each pixel."""
        columns = (classes, 1) if classes == 2 else (classes,)
        either = (self.weights, self.weights.T)
        fitting = [it for it in either if it.shape in [(pixels, count) for count in columns]]
        if not fitting:
            raise ModelError(
                f"expected {self.name!r} of shape ({pixels}, {classes}) or ({classes}, {pixels}), "
                f"for images of {pixels} pixels in {classes} classes, got {self.weights.shape}"
            )
        if len(fitting) == 1:
            return fitting[0]
        if _leaf(self.name) == "weights":
            raise ModelError(
                f"{self.name!r} is square, {self.weights.shape}, and may have a row a pixel or a "
                "row a class; save it with a row a class and call it 'weight', as PyTorch does"
            )
        return self.weights.T  # by the other conventions a row is a class

    def _by_columns(self, columns: int) -> NDArray[Any]:
        """Return a bias for each column of the weights."""
        bias = np.zeros(()) if self.bias is None else self.bias
        if bias.ndim == 0:  # scikit-learn's without an intercept is the number 0
            return np.full(columns, bias)
        if bias.size != columns:
            raise ModelError(
                f"expected as many biases as columns of weights, {columns}, got an array of "
                f"shape {bias.shape}"
            )
        return bias.ravel()


@checked
def from_sklearn(
    estimator: Any,
    input_scale: NDArray[Any] | float = 1.0,
    input_shift: NDArray[Any] | float = 0.0,
) -> SoftmaxRegression:
    """Return the model of a fitted linear classifier of scikit-learn, centred.

    Parameters
    ----------
    estimator
        LogisticRegression or LinearSVC, say: it has `coef_` (classes, pixels), or (1, pixels) of
        two classes, `intercept_`, and `classes_` 0, 1, 2 ….
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
    if classes.tolist() != list(range(classes.size)):
        raise ModelError(
            f"expected classes from 0 to {classes.size - 1}, as labels are in a data set, "
            f"got {classes.tolist()!r:.80}"
        )
    rows = 1 if classes.size == 2 else classes.size
    if coef.shape[:1] != (rows,) or coef.ndim != 2 or intercept.shape not in ((), (rows,)):
        raise ModelError(
            f"expected a row of 'coef_' and an intercept for each of {classes.size} classes, or "
            f"one for two, got shapes {coef.shape} and {intercept.shape}"
        )
    return _of_columns(coef.T, np.broadcast_to(intercept, rows), input_scale, input_shift)


def _of_columns(
    weights: NDArray[Any],
    bias: NDArray[Any],
    input_scale: NDArray[Any] | float,
    input_shift: NDArray[Any] | float,
) -> SoftmaxRegression:
    """Return the centred model of pixels in [0, 1], of weights (pixels, columns) for scaled ones.

    A single column scores the second of two classes: each gets half of it, the first negated.
    """
    if weights.shape[1:] == (1,):
        halves = np.array([-0.5, 0.5])
        weights, bias = weights * halves, bias * halves
    model = SoftmaxRegression(weights, bias)
    scale, shift = (np.asarray(value, np.float64) for value in (input_scale, input_shift))
    pixels = len(weights)
    for name, array in (("scale", scale), ("shift", shift)):
        if array.shape not in ((), (pixels,)):
            raise ModelError(
                f"expected an input {name} of 1 number or of {pixels}, one a pixel, got shape "
                f"{array.shape}"
            )
    # (pixels × scale + shift) @ W + b is pixels @ (scale · W) + (b + shift @ W).
    weights = model.weights.astype(np.float64)
    shifted = model.bias + np.broadcast_to(shift, pixels) @ weights
    return SoftmaxRegression(np.broadcast_to(scale, pixels)[:, None] * weights, shifted).centred()


def _leaf(name: str) -> str:
    """Return the part after the last dot: 'weight' of 'linear.weight'."""
    return name.rpartition(".")[2]


def find_weights(arrays: Arrays) -> tuple[str, NDArray[Any], NDArray[Any] | None]:
    """Return the name and the array of the weights, and the bias if there is one.

    Names may have a prefix that ends in a dot, as those of a PyTorch module.

    Raises
    ------
    ModelError
        There are no weights, or several; or something under another name may be the bias.
    """
    names = [name for name in arrays if _leaf(name) in _BIAS_OF]
    if not names:
        raise ModelError(f"expected {_EXPECTED}, got {sorted(arrays)!r:.120}")
    if len(names) > 1:
        raise ModelError(
            f"expected the weights of one linear layer, got {len(names)}: {sorted(names)!r:.120}; "
            "a deeper network is no linear classifier; of several models, keep one in the file"
        )
    (name,) = names
    weights, bias = _numbers(arrays, name), name.removesuffix(_leaf(name)) + _BIAS_OF[_leaf(name)]
    if bias in arrays:
        return name, weights, _numbers(arrays, bias)
    for other, array in arrays.items():
        if other != name and is_real(array) and array.size in weights.shape:
            raise ModelError(
                f"{name!r} has no {bias!r}, but {other!r} may be the bias; call it {bias!r}, or "
                "leave it out of the file if there is none"
            )
    return name, weights, None


def _numbers(arrays: Arrays, name: str) -> NDArray[Any]:
    if not is_real(array := arrays[name]):
        raise ModelError(f"expected {name!r} of whole numbers, float16, float32 or float64")
    return array
