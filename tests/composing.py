"""The composer and the moments of a film, as `render` makes them."""

import numpy as np

from mnistviz.config import PictureConfig
from mnistviz.drawing.theme import theme_of
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.model.train import logits_of

HD = PictureConfig()


def layout_of(data, picture=HD, scope=""):
    words = FrameWords.of(data, picture, scope)
    return layout_for(words, data.test.image_size, picture)


def composer_of(data, model, picture=HD, scope=""):
    words, test = FrameWords.of(data, picture, scope), data.test
    logits, layout = logits_of(model, test.images), layout_of(data, picture, scope)
    theme = theme_of(picture)
    return Composer.of(model.weights, model.bias, logits, test.labels, words, layout, theme)


def moments_of(data, model, indices, steps=1):
    """Return the moments of a film of some test images."""
    logits = logits_of(model, data.test.images)
    return Moments(shown_of_test(data, logits, np.array(indices)), steps)
