"""Draws a whole Scene with matplotlib, as pixels, SVG or PDF; and measures text."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Figure  # film/ imports it from here
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle as Patch
from matplotlib.text import Text as Line
from matplotlib.textpath import TextToPath
from numpy.typing import NDArray
from PIL import Image

from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour

# At 72 dots an inch a point is a pixel in every backend.
DOTS_PER_INCH = 72
# Left out of files, so that the same picture is the same file.
DATES = {"svg": "Date", "pdf": "CreationDate"}
GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
# On top of matplotlib's own defaults.
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,  # TrueType, as other programs can edit
    "svg.hashsalt": "mnistviz",  # the same names inside of every file
    "text.hinting": "none",  # advances as measured, at every size
}


@contextmanager
def own_settings() -> Iterator[None]:
    """Use matplotlib's defaults and ours within the block, in place of the user's settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        yield


def rasterise(scene: Scene) -> NDArray[np.uint8]:
    """Draw a scene as pixels, and return RGB (height, width, 3)."""
    buffer = io.BytesIO()
    _save(scene, buffer, "rgba")
    width, height = scene.size
    rgba = np.frombuffer(buffer.getbuffer(), np.uint8).reshape(height, width, 4)
    return np.ascontiguousarray(rgba[..., :3])


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return (height, width, 3) RGB pixels as the content of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    return buffer.getvalue()


def save_vector(scene: Scene, file: BinaryIO, kind: str) -> None:
    """Draw a scene into an open file, of the kind 'svg' or 'pdf'."""
    buffer = io.BytesIO()
    _save(scene, buffer, kind, metadata={DATES[kind]: None})
    # matplotlib gives an SVG's size in points, which browsers enlarge; a number alone is pixels.
    width, height = scene.size
    in_points = f'width="{width}pt" height="{height}pt"'
    file.write(buffer.getvalue().replace(in_points.encode(), in_points.replace("pt", "").encode()))


def figure_of(scene: Scene) -> Figure:
    """Return a scene as a matplotlib figure, one dot a pixel at 72 dots an inch."""
    with own_settings():
        return _figure(scene)


def _save(scene: Scene, file: BinaryIO, kind: str, **options: Any) -> None:
    with own_settings():
        _figure(scene).savefig(file, format=kind, dpi=DOTS_PER_INCH, **options)


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


def _figure(scene: Scene) -> Figure:
    width, height = scene.size
    inches = (width / DOTS_PER_INCH, height / DOTS_PER_INCH)
    figure = Figure(figsize=inches, dpi=DOTS_PER_INCH, facecolor=rgb(scene.background))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for layer, element in enumerate(scene.elements):
        artist = _artist(element, axes)
        artist.set_zorder(layer)
        artist.set_clip_on(False)
        axes.add_artist(artist)
    return figure


def _artist(element: Element, axes: Axes) -> Artist:
    match element:
        case Cell():
            return _image(element, axes)
        case Rectangle(x, y, width, height, colour):
            return Patch((x, y), width, height, facecolor=rgb(colour), lw=0, antialiased=False)
        case Text():
            return _line(element)


def _image(cell: Cell, axes: Axes) -> AxesImage:
    height, width = cell.levels.shape
    extent = (cell.x, cell.x + cell.k * width, cell.y + cell.k * height, cell.y)
    image = AxesImage(axes, extent=extent, interpolation="none")
    colours = GREYS if cell.colours is None else cell.colours
    image.set_data(colours[cell.levels])
    return image


def _line(text: Text) -> Line:
    typeface = _typeface(text.bold).copy()
    typeface.set_size(text.size)
    return Line(
        text.x,
        text.baseline,
        text.text,
        color=rgb(text.colour),
        fontproperties=typeface,
        horizontalalignment=text.align,
        verticalalignment="baseline",
        parse_math=False,
    )


def rgb(colour: Colour) -> tuple[float, float, float]:
    """Return a colour as matplotlib takes it."""
    red, green, blue = colour
    return red / 255, green / 255, blue / 255
