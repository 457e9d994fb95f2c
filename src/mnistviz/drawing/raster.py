"""Draws a whole Scene as pixels, as matplotlib does, and measures text.

Only letters are drawn by matplotlib: by its renderer alone, since a figure with axes takes twenty
times as long to make. All else in a scene is whole pixels.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import TextToPath
from numpy.typing import NDArray
from PIL import Image

from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour

# At 72 dots an inch a point is a pixel in every backend.
DOTS_PER_INCH = 72
GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
# On top of matplotlib's own defaults.
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,  # TrueType, as other programs can edit
    "svg.hashsalt": "mnistviz",  # the same names inside of every file
    "text.hinting": "none",  # advances as measured, at every size
}
_lock = RLock()  # matplotlib's settings are those of all threads


@contextmanager
def own_settings() -> Iterator[None]:
    """Use matplotlib's defaults and ours within the block, in place of the user's settings."""
    with _lock, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        # matplotlib fails on a date that is none, even where it is to leave all dates out.
        date = os.environ.pop("SOURCE_DATE_EPOCH", None)
        try:
            yield
        finally:
            if date is not None:
                os.environ["SOURCE_DATE_EPOCH"] = date


def rasterise(scene: Scene) -> NDArray[np.uint8]:
    """Draw a scene as pixels, and return RGB (height, width, 3)."""
    make: Any = RendererAgg  # which has no types
    renderer = make(*scene.size, DOTS_PER_INCH)
    pixels = np.asarray(renderer.buffer_rgba())
    pixels[..., :3], pixels[..., 3] = scene.background, 255
    with own_settings():
        for element in scene.elements:
            _draw(element, pixels[..., :3], renderer)
    return np.ascontiguousarray(pixels[..., :3])


def _draw(element: Element, pixels: NDArray[np.uint8], renderer: Any) -> None:
    match element:
        case Cell(x, y, k, levels, colours):
            height, width = (k * side for side in levels.shape)
            drawn = (GREYS if colours is None else colours)[levels]
            pixels[y : y + height, x : x + width] = drawn.repeat(k, axis=0).repeat(k, axis=1)
        case Rectangle():
            for x, y, width, height, colour, _ in element.dashes():
                pixels[y : y + height, x : x + width] = colour
        case Text():
            _write(element, renderer)


def _write(text: Text, renderer: Any) -> None:
    typeface = typeface_of(text)
    context = renderer.new_gc()
    context.set_foreground(rgb(text.colour))
    width, _, _ = renderer.get_text_width_height_descent(text.text, typeface, False)
    x = text.x - width * {"left": 0, "center": 0.5, "right": 1}[text.align]
    renderer.draw_text(context, x, text.baseline, text.text, typeface, 0)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return (height, width, 3) RGB pixels as the content of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    return buffer.getvalue()


@lru_cache(maxsize=1024)
def text_width(text: str, bold: bool) -> float:
    """Return the width of a text in units of its size."""
    width, _, _ = TextToPath().get_text_width_height_descent(text, _typeface(bold), False)
    return float(width) / _typeface(bold).get_size_in_points()


@lru_cache(maxsize=4096)
def can_draw(character: str) -> bool:
    """Whether the typeface has a character, bold or not."""
    files = [str(_typeface(bold).get_file()) for bold in (False, True)]
    return all(get_font(file).get_char_index(ord(character)) for file in files)


@lru_cache(maxsize=2)
def _typeface(bold: bool) -> FontProperties:
    """Return DejaVu Sans from the files that matplotlib installs, not from the system."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", name), size=100)


def typeface_of(text: Text) -> FontProperties:
    """Return the typeface of a text, in its size."""
    typeface = _typeface(text.bold).copy()
    typeface.set_size(text.size)
    return typeface


def rgb(colour: Colour) -> tuple[float, float, float]:
    """Return a colour as matplotlib takes it."""
    red, green, blue = colour
    return red / 255, green / 255, blue / 255
