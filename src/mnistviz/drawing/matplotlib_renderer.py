"""Draws a Scene with matplotlib's figures: as SVG or PDF, or to add to."""

import io
from typing import Any, BinaryIO

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Figure  # film/ imports it from here
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle as Patch
from matplotlib.text import Text as Line

from mnistviz.drawing.raster import DOTS_PER_INCH, GREYS, own_settings, rgb, typeface_of
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text

# Left out of files, so that the same picture is the same file.
DATES = {"svg": "Date", "pdf": "CreationDate"}


def save_vector(scene: Scene, file: BinaryIO, kind: str) -> None:
    """Draw a scene into an open file, of the kind 'svg' or 'pdf'."""
    buffer = io.BytesIO()
    options: dict[str, Any] = {"metadata": {DATES[kind]: None}}
    with own_settings():
        _figure(scene).savefig(buffer, format=kind, dpi=DOTS_PER_INCH, **options)
    # matplotlib gives an SVG's size in points, which browsers enlarge; a number alone is pixels.
    width, height = scene.size
    in_points = f'width="{width}pt" height="{height}pt"'
    file.write(buffer.getvalue().replace(in_points.encode(), in_points.replace("pt", "").encode()))


def figure_of(scene: Scene) -> Figure:
    """Return a scene as a matplotlib figure, one dot a pixel at 72 dots an inch."""
    with own_settings():
        return _figure(scene)


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
    return Line(
        text.x,
        text.baseline,
        text.text,
        color=rgb(text.colour),
        fontproperties=typeface_of(text),
        horizontalalignment=text.align,
        verticalalignment="baseline",
        parse_math=False,
    )
