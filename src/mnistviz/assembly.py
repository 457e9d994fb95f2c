"""Puts together what composes the frames of a model at work on data."""

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
from mnistviz.theme import Theme


def layout_for(dataset: Dataset, picture: PictureConfig) -> Layout:
    """Return the layout, which is that of every model of these data."""
    images, pixels = len(dataset.test), dataset.test.images[0].size
    footer = wording.footer(pixels, 1, images, dataset.noun)
    names = _names(dataset, picture.size)
    widest = wording.widest(names, dataset.noun, images, footer, text_width)
    return arrange(picture.size, dataset.test.image_size, widest, text_width)


def composer_for(
    model: SoftmaxRegression, dataset: Dataset, layout: Layout, theme: Theme
) -> tuple[Composer, NDArray[np.intp]]:
    """Return what composes the frames, and the predicted classes of the test split."""
    test = dataset.test
    logits = logits_of(model, test)
    predicted = logits.argmax(axis=1)
    accuracy = float((predicted == test.labels).mean())
    footer = wording.footer(len(model.weights), accuracy, len(test), dataset.noun)
    scales = Scales.of(model, logits)
    names = _names(dataset, layout.size)
    composer = Composer(model, scales, names, dataset.noun, len(test), footer, layout, theme)
    return composer, predicted


def _names(dataset: Dataset, size: tuple[int, int]) -> tuple[str, ...]:
    return names_for(dataset.classes, size[0], text_width, can_draw)
