"""Other people's linear classifiers: which arrays are the weights, and which axis is which."""

import math
import re
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import PIXEL_ORDERS
from mnistviz.datasets.arrays import Arrays, is_real
from mnistviz.datasets.class_names import same_name
from mnistviz.errors import ModelError
from mnistviz.model.kind import KINDS, Kind
from mnistviz.model.linear import LinearClassifier

# The bias that goes with each name of weights: mnistviz's, scikit-learn's, PyTorch's, Keras'.
_BIAS_OF = {"weights": "bias", "coef_": "intercept_", "weight": "bias", "kernel": "bias"}
_EXPECTED = (
    "'weights' and 'bias', 'coef_' and 'intercept_', 'weight' and 'bias', or 'kernel' and 'bias'"
)
HALVES = np.array([-0.5, 0.5])  # of a single score of two classes, the first and the second
_ROW_A_CLASS = ("coef_", "weight")
ABOUT = ("kind", "classes", "classes_")
"""Names of arrays that say what a model is."""


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
    pixel_order
        'rows', an image row by row; or 'columns', column by column.
    kind
        What kind of classifier it is.
    classes
        Names of the classes in the order of the biases; None: those of the data, in their order.
    source
        Name of the classifier in messages: its file, say.
    """

    name: str
    weights: NDArray[Any]
    bias: NDArray[Any] | None
    input_scale: NDArray[Any] | float = 1.0
    input_shift: NDArray[Any] | float = 0.0
    pixel_order: str = PIXEL_ORDERS[0]
    kind: Kind = KINDS["linear"]
    classes: tuple[str, ...] | None = None
    source: str = "the model"

    def fitted(self, classes: tuple[str, ...], image_size: tuple[int, int]) -> LinearClassifier:
        """Return the classifier of pixels in [0, 1] for these classes, height and width.

        It is centred if its probabilities are a softmax, which then are the same.

        Raises
        ------
        ModelError
            The shapes do not fit the data, or fit them in two ways.
        """
        try:
            weights = self._by_pixels(math.prod(image_size), len(classes))
            bias = self._by_columns(weights.shape[1])
            weights, bias = _folded(weights, bias, self.input_scale, self.input_shift)
            if self.pixel_order == "columns":
                order = np.arange(len(weights)).reshape(image_size[::-1]).T.ravel()
                weights = weights[order]
            places = self.places(classes)
            columns = weights[:, places].astype(np.float32), bias[places].astype(np.float32)
            return LinearClassifier(*columns, self.kind).centred()
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
        if _leaf(self.name) == "kernel":
            return self.weights
        if _leaf(self.name) not in _ROW_A_CLASS:
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

    def places(self, classes: tuple[str, ...]) -> list[int]:
        """Return which column of the weights is of each class, by its name or else its number."""
        own = self.classes
        if own is None:
            return list(range(len(classes)))
        names, wanted = ([same_name(name) for name in each] for each in (own, classes))
        if sorted(names) == sorted(wanted):
            return [names.index(name) for name in wanted]
        if sorted(own) == sorted(map(str, range(len(classes)))):
            return [own.index(str(number)) for number in range(len(classes))]
        raise ModelError(
            f"expected the classes {_named(classes)}, or their numbers from 0, as the data have, "
            f"got {_named(own)}"
        )


def _named(names: tuple[str, ...]) -> str:
    return textwrap.shorten(", ".join(map(repr, names)), 100, placeholder=" …")


def _folded(
    weights: NDArray[Any],
    bias: NDArray[Any],
    input_scale: NDArray[Any] | float,
    input_shift: NDArray[Any] | float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and bias for pixels in [0, 1], of weights (pixels, columns) for scaled ones.

    A single column scores the second of two classes: each gets half of it, the first negated.
    """
    if weights.shape[1:] == (1,):
        weights, bias = weights * HALVES, bias * HALVES
    LinearClassifier(weights, bias)  # which checks them
    scale, shift = (np.asarray(value, np.float64) for value in (input_scale, input_shift))
    pixels = len(weights)
    for name, array in (("scale", scale), ("shift", shift)):
        if array.shape not in ((), (pixels,)):
            raise ModelError(
                f"expected an input {name} of 1 number or of {pixels}, one a pixel, got shape "
                f"{array.shape}"
            )
    # (pixels × scale + shift) @ W + b is pixels @ (scale · W) + (b + shift @ W).
    weights = weights.astype(np.float64)
    shifted = bias + np.broadcast_to(shift, pixels) @ weights
    return np.broadcast_to(scale, pixels)[:, None] * weights, shifted


def _leaf(name: str) -> str:
    """Return the part after the last dot or slash: 'weight' of 'linear.weight'."""
    return re.split(r"[./]", name)[-1]


def find_weights(arrays: Arrays) -> tuple[str, NDArray[Any], NDArray[Any] | None]:
    """Return the name and the array of the weights, and the bias if there is one.

    Names may have a prefix that ends in a dot, as those of a PyTorch module, or in a slash, as
    Keras has them.

    Raises
    ------
    ModelError
        There are no weights, or several; or something under another name may be the bias.
    """
    arrays = {name.removesuffix(":0"): array for name, array in arrays.items()}  # TensorFlow's
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
        if other not in (name, *ABOUT) and is_real(array) and array.size in weights.shape:
            raise ModelError(
                f"{name!r} has no {bias!r}, but {other!r} may be the bias; call it {bias!r}, or "
                "leave it out of the file if there is none"
            )
    return name, weights, None


def _numbers(arrays: Arrays, name: str) -> NDArray[Any]:
    if not is_real(array := arrays[name]):
        raise ModelError(f"expected {name!r} of whole numbers, float16, float32 or float64")
    return array
