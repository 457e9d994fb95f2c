"""Composers, layouts and moments: of a data set as `render` makes them, or without any data set."""

import re

import numpy as np

from mnistviz import PictureConfig
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import LayoutError
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Moment, Shown
from mnistviz.language.language import ENGLISH
from mnistviz.model.kind import softmax
from mnistviz.model.train import logits_of

HD = PictureConfig()
DIGITS, IMAGES = tuple("0123456789"), 10_000


def layout_of(data, picture=HD, scope="", changes=False):
    words = FrameWords.of(data, picture, scope, changes=changes)
    return layout_for(words, data.test.image_size, picture)


def composer_of(data, model, picture=HD, scope="", language=ENGLISH):
    words = FrameWords.of(data, picture, scope, language=language)
    layout = layout_for(words, data.test.image_size, picture)
    logits = logits_of(model, data.test.images)
    return Composer.of(
        model.weights, model.bias, logits, data.test.labels, words, layout, theme_of(picture)
    )


def moments_of(data, model, indices, steps=1):
    """Return the moments of a film of some test images."""
    logits = logits_of(model, data.test.images)
    return Moments(shown_of_test(data, logits, np.array(indices)), steps)


# --- without a data set


def words_of(classes=DIGITS, title="", language=ENGLISH):
    return FrameWords(tuple(classes), "digit", IMAGES, 784, title, language=language)


def lay_out(size, image_size=(28, 28), classes=DIGITS, language=ENGLISH, **looks):
    picture = PictureConfig(size, **looks)
    return layout_for(words_of(classes, picture.title, language), image_size, picture)


def possible(size, *data, **looks):
    """Return a size, or the smallest possible one as the refusal names it."""
    try:
        return lay_out(size, *data, **looks).size
    except LayoutError as error:
        return tuple(map(int, re.search(r"(\d+)x(\d+)$", str(error)).groups()))


def compose(model, scales, size, image_size=(28, 28), classes=DIGITS, language=ENGLISH, **looks):
    layout = lay_out(size, image_size, classes, language, **looks)
    picture = PictureConfig(size, **looks)
    words = words_of(classes, picture.title, language)
    parts = model.weights, model.bias, model.weights
    return Composer(*parts, scales, words, layout, theme_of(picture))


def moment_of(composer, pixels, label, index=0, right=0, count=1, progress=1.0):
    """Return the moment of an image of these pixels, scored with a composer's weights and bias."""
    logits = pixels @ composer.weights + composer.bias
    answer = logits, softmax(logits)
    height, width = (side // composer.layout.k for side in composer.layout.cell[::-1])
    image = np.rint(255 * pixels).astype(np.uint8).reshape(height, width)
    return Moment(Shown(image, index, label, *answer), pixels, *answer, right, count, progress)
