"""Layouts and composers of films without a data set, of 10,000 digits that nobody has seen."""

import re

from mnistviz.config import PictureConfig
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import LayoutError
from mnistviz.frame import words as wording
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import arrange

DIGITS, IMAGES = tuple("0123456789"), 10_000
FOOTER = wording.footer(784, 1, IMAGES, "digit")


def widest_texts(classes=DIGITS, bars="score", title=""):
    return wording.widest(classes, "digit", IMAGES, FOOTER, bars, title)


def lay_out(size, image_size=(28, 28), classes=DIGITS, **looks):
    picture = PictureConfig(size, **looks)
    texts = widest_texts(classes, picture.bars, picture.title)
    return arrange(size, image_size, texts, picture.weights != "gray")


def possible(size, *data, **looks):
    """Return a size, or the smallest that has the room, as the refusal names it."""
    try:
        return lay_out(size, *data, **looks).size
    except LayoutError as error:
        return tuple(map(int, re.search(r"(\d+)x(\d+)$", str(error)).groups()))


def composer_of(model, scales, size, image_size=(28, 28), classes=DIGITS, **looks):
    picture = PictureConfig(size, **looks)
    return Composer(
        model=model,
        scales=scales,
        classes=classes,
        noun="digit",
        images=IMAGES,
        footer=FOOTER,
        layout=lay_out(size, image_size, classes, **looks),
        theme=theme_of(picture),
        bars=picture.bars,
        title=picture.title,
    )
