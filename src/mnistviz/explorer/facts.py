"""The data of the page: model, scales, texts and images, as JSON and base64."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import CONTRASTS, PageConfig
from mnistviz.datasets import mnist_form, photo
from mnistviz.datasets.dataset import Dataset, as_pixels
from mnistviz.explorer.colours import signed_colours
from mnistviz.explorer.packed import as_base64, as_float32
from mnistviz.explorer.wording import messages_of, numbers_of
from mnistviz.frame import words
from mnistviz.frame.scales import Scales
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.terms import link_of, noun_of
from mnistviz.model.linear import LinearClassifier

CHECKED = 3  # images whose logits the page computes again when it is opened
TOLERANCE = 1e-4  # of a logit, as a share of the longest bar or of 1, whichever is more
PART = 500  # images that a page unpacks at once


def pack(
    model: LinearClassifier,
    drawn: NDArray[np.float32],
    logits: NDArray[np.float32],
    dataset: Dataset,
    chosen: NDArray[np.int64],
    page: PageConfig,
    scope: str = "",
    language: Language = ENGLISH,
    versions: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the data of the page, fit for JSON.

    What is drawn (pixels, classes) are the weights or their effects. The logits (n, classes) are of
    the whole test split, the chosen indices of the page's images. Arrays become base64: weights
    (classes, pixels) and biases as little-endian float32, images as deflated parts in uint8.
    Versions of the model are as `pack_versions` returns them; None for a page without sliders.
    """
    test, scales = dataset.test, Scales.of(drawn, logits)
    predicted = logits.argmax(axis=1)
    accuracy = float((predicted == test.labels).mean())
    surest = np.argsort(-model.kind.confidence(logits[chosen]), kind="stable")
    ranks = np.argsort(surest)
    return {
        "name": dataset.name,
        "noun": noun_of(language, dataset.noun),
        "title": page.title,
        "classes": list(dataset.classes),
        "height": test.image_size[0],
        "width": test.image_size[1],
        "weights": as_float32(model.weights.T),
        "bias": as_float32(model.bias),
        "drawn": "" if drawn is model.weights else as_float32(drawn.T),
        "fullWeight": scales.weight,
        "exponent": CONTRASTS[page.contrast],
        "range": [scales.low, scales.high],
        "total": len(test),
        "scope": scope,
        "indices": chosen.tolist(),
        "labels": test.labels[chosen].tolist(),
        "predicted": predicted[chosen].tolist(),
        "ranks": as_base64(ranks.astype("<u4").tobytes()),
        "images": [
            as_base64(zlib.compress(test.images[chosen[first : first + PART]].tobytes()))
            for first in range(0, len(chosen), PART)
        ],
        "checks": _checks(model, test.images[chosen[:CHECKED]]),
        "tolerance": TOLERANCE * max(1, scales.high, -scales.low),
        "link": model.kind.link,
        "words": _words(language, model, dataset, accuracy, page.is_effect)
        | _colour_words(language, page),
        "numbers": numbers_of(language),
        **messages_of(language),
        "form": {  # constants of the recipe that makes an image of a drawing
            "box": mnist_form.BOX,
            "field": mnist_form.FIELD,
            "leastContrast": mnist_form.LEAST_CONTRAST,
            "paperDivisor": mnist_form.PAPER_DIVISOR,
            "mostPixels": mnist_form.MOST_PIXELS,
        },
        "photo": {  # constants of finding what is drawn in a photo
            "worked": photo.WORKED,
            "window": photo.WINDOW,
            "even": photo.EVEN,
            "speck": photo.SPECK,
            "near": photo.NEAR,
            "much": photo.MUCH,
            "darkest": photo.DARKEST,
            "edge": photo.EDGE,
            "paper": photo.PAPER,
            "deep": photo.DEEP,
            "many": photo.MANY,
        },
        "versions": versions,
        "theme": page.theme,
        "signedColours": {theme: as_base64(it) for theme, it in signed_colours(page).items()},
    }


def _checks(model: LinearClassifier, images: NDArray[np.uint8]) -> list[list[float]]:
    """Return the logits of images in float64, as the page computes them."""
    pixels, weights = as_pixels(images).astype(np.float64), model.weights.astype(np.float64)
    logits: list[list[float]] = (pixels @ weights + model.bias).tolist()
    return logits


def _words(
    language: Language, model: LinearClassifier, dataset: Dataset, accuracy: float, effect: bool
) -> dict[str, Any]:
    noun, kind = dataset.noun, model.kind
    return {
        "rows": words.rows(language, noun, kind.link, effect),
        "link": link_of(language, kind.link),
        "right": words.RIGHT,
        "wrong": words.WRONG,
        "legend": words.legend(language),
        "footer": language.in_a_line(
            (
                words.about(language, kind.name, len(model.weights), effect),
                words.right(language, accuracy, len(dataset.test), noun),
            )
        ),
    }


def _colour_words(language: Language, page: PageConfig) -> dict[str, str]:
    """Return the colours of what is true and what is wrong, as the page's texts name them."""
    colours = {
        # Translators: colours in "The true class is green, a wrong prediction orange."
        "green": language.say("green"),
        "blue": language.say("blue"),
        "orange": language.say("orange"),
    }
    true, wrong = page.palette.split("-")
    return {"true": colours[true], "false": colours[wrong]}
