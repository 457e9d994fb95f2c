"""Puts together what composes the frames of a model at work on data."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from mnistviz import wording
from mnistviz.arrange import arrange
from mnistviz.compose import Composer
from mnistviz.config import PictureConfig
from mnistviz.dataset import Dataset
from mnistviz.layout import Layout
from mnistviz.model import SoftmaxRegression
from mnistviz.models import logits_of
from mnistviz.naming import names_for
from mnistviz.scales import Scales
from mnistviz.stage import can_draw, text_width
from mnistviz.theme import theme_of


def layout_for(dataset: Dataset, picture: PictureConfig) -> Layout:
    """Return the layout, which is that of every model of these data."""
    images, pixels = len(dataset.test), dataset.test.images[0].size
    footer = wording.footer(pixels, 1, images, dataset.noun)
    names = _names(dataset, picture.size)
    widest = wording.widest(
        names, dataset.noun, images, footer, text_width, picture.bars, _title(picture)
    )
    in_colour = picture.weights != "gray"
    return arrange(picture.size, dataset.test.image_size, widest, text_width, in_colour)


def composer_for(
    model: SoftmaxRegression, dataset: Dataset, layout: Layout, picture: PictureConfig
) -> tuple[Composer, NDArray[np.intp]]:
    """Return what composes the frames, and the predicted classes of the test split."""
    test = dataset.test
    logits = logits_of(model, test)
    predicted = logits.argmax(axis=1)
    accuracy = float((predicted == test.labels).mean())
    composer = Composer(
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
    )
    return composer, predicted


def _title(picture: PictureConfig) -> str:
    return unicodedata.normalize("NFC", picture.title)  # one glyph for a letter and its accent


def _names(dataset: Dataset, size: tuple[int, int]) -> tuple[str, ...]:
    return names_for(dataset.classes, size[0], text_width, can_draw)
