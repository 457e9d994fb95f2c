"""Draws a Scene with matplotlib's figures: as SVG or PDF, or to add to."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, BinaryIO

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Figure  # film/ imports it from here
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch
from matplotlib.patches import Rectangle as Patch
from matplotlib.path import Path
from matplotlib.text import Text as Line
from matplotlib.textpath import text_to_path

from mnistviz.drawing.fonts import can_draw, typeface_file
from mnistviz.drawing.letters import directed
from mnistviz.drawing.raster import DOTS_PER_INCH, GREYS, MEASURED, font_with, left_of
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour
from mnistviz.language.typefaces import Fonts

# On top of matplotlib's own defaults.
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,  # TrueType, as other programs can edit
    "svg.hashsalt": "mnistviz",  # the same names inside of every file
    "text.hinting": "none",  # advances as measured, at every size
}
_lock = RLock()  # matplotlib's settings are those of all threads
# Left out of files, so that the same picture is the same file.
DATES = {"svg": "Date", "pdf": "CreationDate"}


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


def save_vector(scene: Scene, file: BinaryIO, kind: str, width: float | None = None) -> None:
    """Draw a scene into an open file, of the kind 'svg' or 'pdf'.

    The width is in points, of which an inch has 72. Default: one for each pixel; an SVG then has
    its size in pixels.
    """
    buffer = io.BytesIO()
    options: dict[str, Any] = {"metadata": {DATES[kind]: None}}
    scale = 1.0 if width is None else width / scene.size[0]
    with own_settings():
        _figure(scene, scale).savefig(buffer, format=kind, dpi=DOTS_PER_INCH, **options)
    if width is not None:
        file.write(buffer.getvalue())
        return
    # matplotlib gives an SVG's size in points, which browsers enlarge; a number alone is pixels.
    whole, height = scene.size
    in_points = f'width="{whole}pt" height="{height}pt"'
    file.write(buffer.getvalue().replace(in_points.encode(), in_points.replace("pt", "").encode()))


def figure_of(scene: Scene) -> Figure:
    """Return a scene as a matplotlib figure, one dot a pixel at 72 dots an inch."""
    with own_settings():
        return _figure(scene)


def _figure(scene: Scene, scale: float = 1.0) -> Figure:
    """Return a scene as a figure of so many points a pixel."""
    width, height = scene.size
    inches = (scale * width / DOTS_PER_INCH, scale * height / DOTS_PER_INCH)
    figure = Figure(figsize=inches, dpi=DOTS_PER_INCH, facecolor=rgb(scene.background))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for layer, element in enumerate(scene.elements):
        for artist in _artists(element, axes, scale, scene.fonts):
            artist.set_zorder(layer)
            artist.set_clip_on(False)
            axes.add_artist(artist)
    return figure


def _artists(element: Element, axes: Axes, scale: float, fonts: Fonts) -> Iterator[Artist]:
    match element:
        case Cell():
            yield _image(element, axes)
        case Rectangle():
            for x, y, width, height, colour, _ in element.dashes():
                yield Patch((x, y), width, height, facecolor=rgb(colour), lw=0, antialiased=False)
        case Text():
            alone = is_in_dejavu(element.text, fonts)
            yield _line(element, scale, fonts) if alone else _outlined(element, fonts)


def _image(cell: Cell, axes: Axes) -> AxesImage:
    height, width = cell.levels.shape
    extent = (cell.x, cell.x + cell.k * width, cell.y + cell.k * height, cell.y)
    image = AxesImage(axes, extent=extent, interpolation="none")
    colours = GREYS if cell.colours is None else cell.colours
    image.set_data(colours[cell.levels])
    return image


def _line(text: Text, scale: float, fonts: Fonts) -> Line:
    typeface = FontProperties(fname=typeface_file(text.bold), size=scale * text.size)
    return Line(
        left_of(text, fonts),
        text.baseline,
        directed(text.text, fonts.right_to_left),
        color=rgb(text.colour),
        fontproperties=typeface,
        horizontalalignment="left",
        verticalalignment="baseline",
        parse_math=False,
        url=text.link or None,
    )


def _outlined(text: Text, fonts: Fonts) -> PathPatch:
    path = outlines(text.text, text.bold, fonts)
    corner = left_of(text, fonts), text.baseline
    points = np.asarray(path.vertices) * (text.size, -text.size) + corner
    link = text.link or None
    return PathPatch(Path(points, path.codes), facecolor=rgb(text.colour), lw=0, url=link)


def outlines(text: str, bold: bool, fonts: Fonts) -> Path:
    """Return the outlines of a text, from its beginning on the baseline, in text sizes.

    For texts in several typefaces, which matplotlib finds by settings of all threads alone.
    """
    line = directed(text, fonts.right_to_left)
    font = font_with(line, MEASURED, bold, fonts)
    glyphs, shapes, _ = text_to_path.get_glyphs_with_font(font, line)
    placed = [
        Path(np.add(points, (x, y)) / MEASURED, codes)
        for glyph, x, y, _ in glyphs
        for points, codes in [shapes[glyph]]
        if len(points)
    ]
    return Path.make_compound_path(*placed)


def is_in_dejavu(text: str, fonts: Fonts) -> bool:
    """Whether DejaVu Sans alone has all of a text."""
    return not fonts.families or all(map(can_draw, text))


def rgb(colour: Colour) -> tuple[float, float, float]:
    """Return a colour as matplotlib takes it."""
    red, green, blue = colour
    return red / 255, green / 255, blue / 255
