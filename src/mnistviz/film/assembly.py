"""Puts together what composes the frames of a model at work on data."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import FilmConfig, PictureConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import labels_of
from mnistviz.drawing.text import legible, names_for
from mnistviz.drawing.theme import theme_of
from mnistviz.frame import words as wording
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import arrange
from mnistviz.frame.places import Layout
from mnistviz.frame.scales import Scales
from mnistviz.model.softmax import SoftmaxRegression


def layout_for(dataset: Dataset, picture: PictureConfig, scope: str = "") -> Layout:
    """Return the layout, which is that of every model of these data.

    Parameters
    ----------
    dataset
        What is shown.
    picture
        Size and looks.
    scope
        Which of the test images a film shows, as its tally says.
    """
    images, pixels = len(dataset.test), dataset.test.images[0].size
    footer = wording.footer(pixels, 1, images, dataset.noun)
    names = _names(dataset, picture.size)
    widest = wording.widest(
        names, dataset.noun, images, footer, picture.bars, _title(picture), scope
    )
    in_colour = picture.weights != "gray"
    return arrange(picture.size, dataset.test.image_size, widest, in_colour)


def composer_for(
    model: SoftmaxRegression,
    logits: NDArray[np.float32],
    dataset: Dataset,
    layout: Layout,
    picture: PictureConfig,
    scope: str = "",
) -> Composer:
    """Return what composes the frames.

    Parameters
    ----------
    model
        What is shown at work.
    logits
        (n, classes) its logits on the test split.
    dataset, layout, picture, scope
        As of `layout_for`, and what it returned.
    """
    test = dataset.test
    accuracy = float((logits.argmax(axis=1) == test.labels).mean())
    return Composer(
        model=model,
        scales=Scales.of(model, logits),
        classes=_names(dataset, layout.size),
        noun=dataset.noun,
        images=len(test),
        footer=wording.footer(len(model.weights), accuracy, len(test), dataset.noun),
        layout=layout,
        theme=theme_of(picture),
        bars=picture.bars,
        title=_title(picture),
        scope=scope,
    )


def scope_of(dataset: Dataset, film: FilmConfig) -> str:
    """Return which of the test images a film shows, as its tally says."""
    labels = labels_of(dataset.classes, film.classes)
    return wording.scope(film, [legible(dataset.classes[label]) for label in labels])


def _title(picture: PictureConfig) -> str:
    return unicodedata.normalize("NFC", picture.title)  # one glyph for a letter and its accent


def _names(dataset: Dataset, size: tuple[int, int]) -> tuple[str, ...]:
    return names_for(dataset.classes, size[0])
