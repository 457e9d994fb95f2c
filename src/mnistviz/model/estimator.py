"""Models of scikit-learn's estimators, from what they answer. Public function: from_sklearn."""

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import checked, one_of, shown
from mnistviz.config import PIXEL_ORDERS
from mnistviz.errors import ModelError
from mnistviz.model.foreign import HALVES, LinearWeights
from mnistviz.model.kind import KINDS, Kind
from mnistviz.model.linear import LinearClassifier

AT_ONCE = 512  # images that an estimator is asked about at once
SAME = 1e-5  # of the spread of the scores: what rounding may be off by
TRIED = 32  # random images
_KIND_OF = {
    "LogisticRegression": "softmax",
    "LogisticRegressionCV": "softmax",
    "LinearSVC": "svm",
    "SVC": "svm",
    "NuSVC": "svm",
    "RidgeClassifier": "ridge",
    "RidgeClassifierCV": "ridge",
    "Perceptron": "perceptron",
    "LinearDiscriminantAnalysis": "lda",
}
_KIND_OF_LOSS = {"hinge": "svm", "squared_hinge": "svm", "perceptron": "perceptron"}
_NOT_LINEAR = {
    "Normalizer": "divides each image by its own length",
    "MinMaxScaler": "cuts off what is out of the range that it has seen (clip=True)",
    "Binarizer": "makes two values of each pixel",
}

Scores = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class ImportedModel(LinearClassifier):
    """A linear classifier of an estimator, whose classes are in the order of its own.

    Attributes
    ----------
    origin
        What it is made of: to be fitted to the classes of a data set.
    """

    origin: LinearWeights | None = None


@checked
def from_sklearn(
    estimator: Any,
    input_scale: NDArray[Any] | float = 1.0,
    input_shift: NDArray[Any] | float = 0.0,
    pixel_order: str = PIXEL_ORDERS[0],
) -> LinearClassifier:
    """Return the model of a fitted linear classifier of scikit-learn, or of a pipeline of one.

    The estimator is asked for its scores of a blank image and of images of one pixel each: what
    they are, the weights and the bias must be, if the scores are sums over the pixels. That they
    are is checked on random images. So whatever scalers, projections and selections come before the
    classifier are folded into its weights.

    Parameters
    ----------
    estimator
        Fitted, and with `decision_function`: LogisticRegression, LinearSVC, RidgeClassifier,
        SGDClassifier, Perceptron or LinearDiscriminantAnalysis, say; or a Pipeline, a grid search
        or a OneVsRestClassifier of one. Its classes are names of the data set's classes, or their
        numbers from 0.
    input_scale, input_shift
        It was fitted to pixels × scale + shift, where pixels are in [0, 1]: a number each, or
        one for each pixel. Default: 1 and 0.
    pixel_order
        'rows', if it was fitted to images row by row; or 'columns', of square images.

    Returns
    -------
    LinearClassifier
        The model. Its `kind` says which it is, and whether it has probabilities.

    Raises
    ------
    ModelError
        The estimator is of another kind, is not fitted, or its scores are no sums over pixels; the
        step of a pipeline that is to blame is named.
    """
    one_of("pixel order", pixel_order, PIXEL_ORDERS)
    name = type(estimator).__name__
    if not hasattr(estimator, "decision_function"):
        raise ModelError(
            f"expected a linear classifier of scikit-learn with a decision_function, got a {name}"
        )
    pixels, classes = getattr(estimator, "n_features_in_", 0), getattr(estimator, "classes_", None)
    if classes is None or not pixels:
        raise ModelError(f"expected a fitted classifier, got a {name} that is not fitted")
    side = math.isqrt(pixels)
    if pixel_order == "columns" and side**2 != pixels:
        raise ModelError(f"expected square images in columns, got images of {pixels} pixels")
    scale, shift = (_each(name, it, pixels) for name, it in
                    (("scale", input_scale), ("shift", input_shift)))  # fmt: skip
    names = tuple(_name(label) for label in np.asarray(classes).tolist())

    def scores(images: NDArray[np.float64]) -> NDArray[np.float64]:
        return _answer(estimator.decision_function, images)

    random = np.random.default_rng(0).random((TRIED, pixels)) * scale + shift
    _check_steps(estimator, random)
    weights, bias = _weights(scores, np.where(scale == 0, 1.0, scale), shift)
    expected, got = scores(random), random @ weights.T + bias
    if len(bias) != (1 if len(names) == 2 else len(names)):
        raise ModelError(
            f"{name} has {len(bias)} scores for {len(names)} classes: it decides by pairs, which "
            "no film can show as a sum for each class; take a LinearSVC or a OneVsRestClassifier"
        )
    if not np.abs(got - expected).max() <= SAME * (np.ptp(expected) + np.abs(expected).max()):
        raise ModelError(
            f"the scores of {name} are no sums over pixels: it is no linear classifier"
        )
    origin = LinearWeights(
        "coef_",
        weights,
        bias,
        input_scale,
        input_shift,
        pixel_order,
        _kind(estimator, scores, weights, bias),
        names,
        name,
    )
    model = origin.fitted(names, (side, side) if pixel_order == "columns" else (1, pixels))
    return ImportedModel(model.weights, model.bias, model.kind, origin)


def _each(name: str, value: NDArray[Any] | float, pixels: int) -> NDArray[np.float64]:
    """Return a number for each pixel."""
    try:
        numbers = np.asarray(value, np.float64)
    except (TypeError, ValueError, OverflowError):
        numbers = np.full((), np.nan)
    is_zero = name == "scale" and not numbers.any()
    if numbers.shape not in ((), (pixels,)) or not np.isfinite(numbers).all() or is_zero:
        raise ModelError(
            f"expected an input {name} of 1 finite number or of {pixels}, one a pixel, and not all "
            f"zero, got {shown(value)}"
        )
    return np.broadcast_to(numbers, pixels)


def _name(label: object) -> str:
    """Return the name of a class: that of the number 3.0 is '3'."""
    whole = isinstance(label, float) and label.is_integer()
    return str(int(label)) if whole and isinstance(label, float) else str(label)


def _answer(method: Callable[..., Any], images: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what an estimator answers to images, (n, columns)."""
    with warnings.catch_warnings():
        # It may have been fitted to a table with names, which an array lacks.
        warnings.filterwarnings("ignore", message="X does not have valid feature names")
        try:
            answer = np.asarray(method(images), np.float64)
        except Exception as error:  # of any kind: it is not our code
            raise ModelError(
                f"the estimator does not take {images.shape[1]} pixels as an array: {error}"
            ) from error
    return answer.reshape(len(images), -1)


def _weights(
    scores: Scores, sizes: NDArray[np.float64], shift: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights (columns, pixels) and bias, of images of one pixel of a size each."""
    blank, columns = scores(shift[None])[0], []
    for first in range(0, len(sizes), AT_ONCE):
        rows = np.arange(first, min(first + AT_ONCE, len(sizes)))
        images = np.repeat(shift[None], len(rows), axis=0)
        images[np.arange(len(rows)), rows] += sizes[rows]
        columns.append((scores(images) - blank) / sizes[rows, None])
    weights = np.concatenate(columns).T
    return weights, blank - weights @ shift


def _check_steps(estimator: Any, images: NDArray[np.float64]) -> None:
    """Refuse a pipeline with a step that does more than to weigh, add and shift."""
    for name, step in _steps(estimator):
        after = _answer(step.transform, images)
        halves = (images[1:] + images[:-1]) / 2, (after[1:] + after[:-1]) / 2
        if not np.allclose(_answer(step.transform, halves[0]), halves[1], rtol=SAME, atol=SAME):
            kind = type(step).__name__
            reason = _NOT_LINEAR.get(kind, "does more than weigh, add and shift pixels")
            raise ModelError(
                f"no film can show this pipeline's scores as sums of pixels: its step {name!r}, "
                f"{kind}, {reason}; leave it out and fit again"
            )
        images = after


def _steps(estimator: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and transformer of a pipeline's steps before the last."""
    estimator = getattr(estimator, "best_estimator_", estimator)
    for name, step in getattr(estimator, "steps", [])[:-1]:
        if hasattr(step, "transform"):  # which 'passthrough' has not
            yield name, step


def _kind(
    estimator: Any, scores: Scores, weights: NDArray[np.float64], bias: NDArray[np.float64]
) -> Kind:
    """Return what kind of classifier it is, by its name and by how it makes probabilities."""
    last = getattr(estimator, "best_estimator_", estimator)
    while steps := getattr(last, "steps", None):
        last = steps[-1][1]
    last = getattr(last, "estimator", last)  # of one against the rest
    loss = _KIND_OF_LOSS.get(getattr(last, "loss", ""), "linear")
    named, found = KINDS[_KIND_OF.get(type(last).__name__, loss)], KINDS["linear"]
    if hasattr(estimator, "predict_proba"):
        # Images whose scores are near zero: far from it, probabilities of all kinds are 0 or 1.
        wanted = np.random.default_rng(0).normal(size=(TRIED, len(bias)))
        images = np.asarray(np.linalg.lstsq(weights, (wanted - bias).T)[0].T, np.float64)
        shares, given = _answer(estimator.predict_proba, images), scores(images)
        if len(bias) == 1:
            given = given * HALVES
        for kind in (named, KINDS["softmax"], KINDS["logistic"], found):
            own = kind.probabilities(given)
            if own is not None and np.allclose(own, shares, atol=SAME):
                found = kind
                break
    return named if named.link == found.link else found
