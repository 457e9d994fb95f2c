"""Compares a scene as the painter paints it with the scene as matplotlib draws it."""

import subprocess

import numpy as np

from frames import Decoded
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Text
from mnistviz.drawing.yuv import from_rgb
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.language.typefaces import DEJAVU

# Of text: glyphs stand at whole pixels, up to half a pixel from where matplotlib sets them. So a
# text's ink is the same within this share, and none of it is further off than its edges are wide.
INK_OFF = 0.04
# Of a scene as it is rasterised here and as matplotlib draws it: FreeType rounds the place of each
# letter to a part of a pixel, matplotlib to another.
OFF_IN_LETTERS = 24  # levels: of an edge that is off by a tenth of a pixel


def converted(rgb):
    """Return a frame in ffmpeg's conversion, which shares no arithmetic with this project."""
    height, width, _ = rgb.shape
    command = [
        *(find_ffmpeg(), "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{width}x{height}", "-i", "-", "-sws_flags", "area+accurate_rnd+full_chroma_int"),
        *("-vf", "scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuv420p"),
        *("-f", "rawvideo", "-"),
    ]
    raw = subprocess.run(command, input=rgb.tobytes(), capture_output=True, check=True).stdout
    return Decoded(raw, (width, height))


def text_box(text, fonts=DEJAVU):
    """Return left, top, right and bottom of a text, with its descenders."""
    width = text.size * text_width(text.text, text.bold, fonts)
    left = text.x - width * {"left": 0, "center": 0.5, "right": 1}[text.align]
    return left, text.baseline - 0.76 * text.size, left + width, text.baseline + 0.24 * text.size


def region_of(text):
    """Return top, bottom, left and right of the pixels of a text, with a margin for its edges."""
    left, top, right, bottom = text_box(text)
    margin = int(0.04 * text.size) + 3
    return int(top) - margin, int(bottom) + margin, max(0, int(left) - 3), int(right) + 4


def texts_of(scene):
    """Return the texts that the painter sets."""
    return [text for text in scene.changing if isinstance(text, Text)]


def in_texts(scene):
    """Return which pixels (height, width) are of such a text."""
    inside = np.zeros(scene.size[::-1], bool)
    for text in texts_of(scene):
        top, bottom, left, right = region_of(text)
        inside[top:bottom, left:right] = True
    return inside


def assert_alike(painted, drawn, scene):
    inside = in_texts(scene)
    assert np.abs(painted.luma - drawn.luma)[~inside].max() <= 1
    assert np.abs(painted.chroma - drawn.chroma)[:, ~inside].max() <= 2
    for text in texts_of(scene):
        assert_text_alike(painted, drawn, text, scene.background)


def assert_text_alike(painted, drawn, text, background):
    top, bottom, left, right = region_of(text)
    behind = from_rgb(np.array(background))[0]
    inks = [np.abs(f.luma[top:bottom, left:right] - behind) for f in (painted, drawn)]
    total = inks[1].sum()
    assert abs(inks[0].sum() - total) <= INK_OFF * total + 30, text
    a_pixel = np.abs(np.diff(drawn.luma[top:bottom, left:right], axis=1)).sum(axis=1).max()
    assert np.abs((inks[0] - inks[1]).cumsum(axis=1)).max() <= INK_OFF * total + a_pixel, text
