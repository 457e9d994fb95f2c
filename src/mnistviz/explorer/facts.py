"""What the page knows: model, scales, words and images, as JSON and base64."""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import PageConfig
from mnistviz.datasets import mnist_form
from mnistviz.datasets.dataset import Dataset, as_pixels
from mnistviz.explorer.colours import signed_colours
from mnistviz.frame import words as wording
from mnistviz.frame.scales import Scales
from mnistviz.model.softmax import SoftmaxRegression

CHECKED = 3  # images whose logits the page computes anew when it is opened
TOLERANCE = 1e-4  # of a logit, in units of the longest bar or of 1, whichever is more
PAGE_BYTES = 1_000_000  # that a page takes at most by default
OWN_BYTES = 120_000  # of it, for the page without its data


def images_that_fit(pixels: int, classes: int) -> int:
    """Return how many images a page can hold that is to stay under a megabyte; at least one."""
    weights = _encoded(4 * (pixels + 1) * classes)
    of_an_image = _encoded(pixels) + 12  # its index and label
    return max(1, (PAGE_BYTES - OWN_BYTES - weights) // of_an_image)


def pack(
    model: SoftmaxRegression,
    logits: NDArray[np.float32],
    dataset: Dataset,
    chosen: NDArray[np.int64],
    page: PageConfig,
    scope: str = "",
) -> dict[str, Any]:
    """Return what the page is told.

    Parameters
    ----------
    model, logits
        What is explored, and its logits (n, classes) on the test split.
    dataset
        Where the test images are.
    chosen
        Indices of those that the page holds, in order.
    page
        Its looks.
    scope
        Which of the test images these are, if they are no plain sample.

    Returns
    -------
    dict
        Fit for JSON. Arrays are base64: of weights (classes, pixels) and biases little-endian
        float32, of images uint8.
    """
    test, scales = dataset.test, Scales.of(model.weights, logits)
    accuracy = float((logits.argmax(axis=1) == test.labels).mean())
    return {
        "name": dataset.name,
        "noun": dataset.noun,
        "title": page.title,
        "classes": list(dataset.classes),
        "height": test.image_size[0],
        "width": test.image_size[1],
        "weights": _float32(model.weights.T),
        "bias": _float32(model.bias),
        "fullWeight": scales.weight,
        "fullLogit": scales.logit,
        "total": len(test),
        "scope": scope,
        "indices": chosen.tolist(),
        "labels": test.labels[chosen].tolist(),
        "images": _base64(test.images[chosen].tobytes()),
        "checks": _checks(model, test.images[chosen[:CHECKED]]),
        "tolerance": TOLERANCE * max(1, scales.logit),
        "words": _words(model, dataset, accuracy) | _colour_words(page),
        "form": _form(),
        "theme": page.theme,
        "signedColours": {name: _base64(it) for name, it in signed_colours(page).items()},
    }


def _checks(model: SoftmaxRegression, images: NDArray[np.uint8]) -> list[list[float]]:
    """Return the logits of the first images, in float64, as the page computes them."""
    pixels, weights = as_pixels(images).astype(np.float64), model.weights.astype(np.float64)
    found: list[list[float]] = (pixels @ weights + model.bias).tolist()
    return found


def _words(model: SoftmaxRegression, dataset: Dataset, accuracy: float) -> dict[str, Any]:
    test, noun = dataset.test, dataset.noun
    return {
        "rows": wording.rows(noun),
        "right": wording.RIGHT,
        "wrong": wording.WRONG,
        "legend": wording.LEGEND,
        "footer": wording.footer(len(model.weights), accuracy, len(test), noun),
    }


def _colour_words(page: PageConfig) -> dict[str, str]:
    """Return what the colours are called that the page speaks of."""
    true, wrong = page.palette.split("-")
    coloured = page.weights == "diverging"
    return {
        "true": true,
        "false": wrong,
        "pro": "blue" if coloured else "light",
        "contra": "red" if coloured else "dark",
        "zero": "the colour of the background" if coloured else "grey",
    }


def _form() -> dict[str, int]:
    """Return the numbers of the recipe that brings a drawing to the form of the images."""
    return {
        "box": mnist_form.BOX,
        "field": mnist_form.FIELD,
        "leastContrast": mnist_form.LEAST_CONTRAST,
        "faintest": mnist_form.PAPER_DIVISOR,
    }


def _float32(array: NDArray[np.float32]) -> str:
    return _base64(np.ascontiguousarray(array, "<f4").tobytes())


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _encoded(size: int) -> int:
    """Return how many characters of base64 so many bytes take."""
    return 4 * -(-size // 3)
