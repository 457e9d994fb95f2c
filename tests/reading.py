"""Reads numbers in a picture, by comparing their shapes with those that Pillow draws."""

from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from PIL import Image, ImageDraw, ImageFont

CHARACTERS = "0123456789+−."


def read_number(region, size, bold=False, characters=CHARACTERS):
    """Read the characters in a region's brightness (height, width) that holds nothing else."""
    ink = np.abs(region - region[0, 0])
    ink /= max(ink.max(), 1)
    columns = np.flatnonzero((ink > 0.2).any(axis=0))
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    return "".join(_best(ink[:, run[0] : run[-1] + 1], size, bold, characters) for run in runs)


def _best(glyph, size, bold, characters):
    """Return the character whose shape, and height in the line, is most like the glyph's."""
    return min(characters, key=lambda character: _distance(glyph, _shape(character, size, bold)))


def _distance(glyph, shape):
    glyph, shape = _cropped(glyph), _cropped(shape)
    height, width = (max(sides) for sides in zip(glyph.shape, shape.shape, strict=True))
    return min(
        np.square(_padded(glyph, height, width, *shift) - _padded(shape, height, width)).sum()
        for shift in ((0, 0), (0, 1), (1, 0), (1, 1))
    )


def _cropped(glyph):
    rows, columns = np.nonzero(glyph > 0.2)
    return glyph[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _padded(glyph, height, width, down=0, right=0):
    padded = np.zeros((height + 1, width + 1))
    padded[down : down + glyph.shape[0], right : right + glyph.shape[1]] = glyph
    return padded


@cache
def _shape(character, size, bold):
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    # Drawn larger and shrunk, a letter has the shape that it has without hinting.
    large = 8 * size
    font = ImageFont.truetype(Path(mpl.get_data_path(), "fonts", "ttf", name), large)
    image = Image.new("L", (3 * large, 3 * large))
    ImageDraw.Draw(image).text((large, large), character, fill=255, font=font)
    return np.asarray(image.reduce(8)) / 255
