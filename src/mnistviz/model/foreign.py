"""Weights of other people's linear classifiers: which arrays they are, and which way they lie."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError
from mnistviz.model.softmax import SoftmaxRegression, of_two_classes
from mnistviz.model.tensors import Tensors

# Names of the weights and the bias, by whose convention, and whether a square matrix has a row a
# class; what lies which way is known by its shape otherwise.
BIAS_OF = {"weights": "bias", "coef_": "intercept_", "weight": "bias"}
ROW_A_CLASS = {"weights": None, "coef_": True, "weight": True}
EXPECTED = "'weights' and 'bias', 'coef_' and 'intercept_', or 'weight' and 'bias'"


@dataclass(frozen=True, eq=False)
class LinearWeights:
    """A linear classifier that is not known to fit any data yet.

    Attributes
    ----------
    name
        Of the weights: what stands after its last dot tells the convention.
    weights
        (pixels, classes), (classes, pixels), or of two classes (1, pixels) or (pixels, 1).
    bias
        As many as classes, or 1 of two classes; a single number for all; None for none, as in
        ``nn.Linear(bias=False)``.
    input_scale, input_shift
        It was trained on pixels × scale + shift, where pixels are in [0, 1]: a number each, or
        one for each pixel.
    source
        What messages call it: its file, say.
    """

    name: str
    weights: NDArray[Any]
    bias: NDArray[Any] | None
    input_scale: NDArray[Any] | float = 1.0
    input_shift: NDArray[Any] | float = 0.0
    source: str = "the model"

    def fitted(self, classes: tuple[str, ...], image_size: tuple[int, int]) -> SoftmaxRegression:
        """Return the classifier of plain pixels, centred.

        Parameters
        ----------
        classes
            Class names of the data.
        image_size
            Height and width of the data's images, in pixels.

        Raises
        ------
        ModelError
            The shapes do not fit the data, or fit them in two ways.
        """
        try:
            pixels = math.prod(image_size)
            weights = self._by_pixels(pixels, len(classes))
            bias = self._by_columns(weights.shape[1])
            model = SoftmaxRegression(*of_two_classes(weights, bias))
            return model.of_plain_pixels(self.input_scale, self.input_shift).centred()
        except ModelError as error:
            raise ModelError(f"{self.source}: {error}") from None

    def _by_pixels(self, pixels: int, classes: int) -> NDArray[Any]:
        """Return the weights with a row a pixel."""
        shape, columns = self.weights.shape, {classes, 1} if classes == 2 else {classes}
        as_it_is = len(shape) == 2 and shape[0] == pixels and shape[1] in columns
        turned = len(shape) == 2 and shape[1] == pixels and shape[0] in columns
        if as_it_is and turned:
            turned = ROW_A_CLASS[leaf(self.name)] or False
            as_it_is = not turned
            if ROW_A_CLASS[leaf(self.name)] is None:
                raise ModelError(
                    f"'{self.name}' is square, {shape}, and may have a row a pixel or a row a "
                    "class; save it with a row a class and call it 'weight', as PyTorch does"
                )
        if not as_it_is and not turned:
            raise ModelError(
                f"expected '{self.name}' of shape ({pixels}, {classes}) or ({classes}, {pixels}), "
                f"for images of {pixels} pixels in {classes} classes, got {shape}"
            )
        return self.weights if as_it_is else self.weights.T

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


def leaf(name: str) -> str:
    """Return what stands after the last dot: 'weight' of 'linear.weight'."""
    return name.rpartition(".")[2]


def find_weights(tensors: Tensors) -> tuple[str, NDArray[Any], NDArray[Any] | None]:
    """Return the name and the array of the weights, and the bias if there is one.

    Parameters
    ----------
    tensors
        Arrays by name; names may have a prefix that ends in a dot, as those of a PyTorch module.

    Raises
    ------
    ModelError
        There are no weights, or several; or something under another name may be the bias.
    """
    names = [name for name in tensors if leaf(name) in BIAS_OF]
    if not names:
        raise ModelError(f"expected {EXPECTED}, got {sorted(tensors)!r:.120}")
    if len(names) > 1:
        raise ModelError(
            f"expected the weights of one linear layer, got {len(names)}: {sorted(names)!r:.120}; "
            "a deeper network is no linear classifier; of several models, keep one in the file"
        )
    name, weights = names[0], _numbers(tensors, names[0])
    bias = name.removesuffix(leaf(name)) + BIAS_OF[leaf(name)]
    if bias in tensors:
        return name, weights, _numbers(tensors, bias)
    others = {other: array for other, array in tensors.items() if other != name}
    for other, array in others.items():
        if array is not None and array.size in weights.shape:
            raise ModelError(
                f"'{name}' has no '{bias}' beside it, but '{other}' may be the bias; call it "
                f"'{bias}', or leave it out of the file if there is none"
            )
    return name, weights, None


def _numbers(tensors: Tensors, name: str) -> NDArray[Any]:
    if (array := tensors[name]) is None:
        raise ModelError(f"expected '{name}' of whole numbers, float16, float32 or float64")
    return array
