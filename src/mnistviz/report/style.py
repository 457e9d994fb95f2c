"""What all panels of a report share: paper, ink, letters, and places in inches."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.drawing.text import legible, shortened
from mnistviz.drawing.theme import THEMES, Colour, signed_grey

POINTS = 72  # an inch
ABOVE = 0.75  # inches of a panel above what it shows, for its title
FINE = 224  # least pixels along the side of a picture, so that programs that smooth leave it sharp

Ink = tuple[float, float, float]


def rgb(colour: Colour) -> Ink:
    """Return a colour as matplotlib takes it."""
    red, green, blue = colour
    return red / 255, green / 255, blue / 255


PAPER, INK, MUTED, LINE, BAR = (
    rgb(getattr(THEMES["light"], name)) for name in ("background", "ink", "muted", "line", "bar")
)
RIGHT, WRONG = rgb(THEMES["light"].accents.true), rgb(THEMES["light"].accents.wrong)


class Box(NamedTuple):
    """A place on a page, in inches from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def paper(width: float, height: float) -> Figure:
    """Return an empty page of so many inches."""
    return Figure(figsize=(width, height), facecolor=PAPER)


def axes_in(figure: Figure, box: Box, **options: Any) -> Axes:
    """Return empty axes in a place, without lines or numbers."""
    width, height = figure.get_size_inches()
    bottom = 1 - (box.top + box.height) / height
    place = (box.left / width, bottom, box.width / width, box.height / height)
    axes = figure.add_axes(place, **options)
    axes.set_axis_off()
    return axes


def board(figure: Figure, box: Box) -> Axes:
    """Return axes whose unit is the inch, from the top left corner of the place."""
    return axes_in(figure, box, xlim=(0, box.width), ylim=(box.height, 0))


def write(axes: Axes, x: float, y: float, text: str, size: float = 10, **options: Any) -> Text:
    """Write a line of text; nothing in it is markup."""
    options = {"color": INK, "va": "baseline"} | options
    return axes.text(x, y, text, fontsize=size, parse_math=False, **options)


def heading(axes: Axes, title: str, words: str = "") -> None:
    """Write what a panel shows, and words that explain it."""
    write(axes, 0, 0.3, title, 13, weight="bold")
    write(axes, inches(title, 13, bold=True) + 0.2, 0.3, words, 10, color=MUTED)


def fitted(name: str, width: float, size: float) -> str:
    """Return a class's name in letters that there are, cut to inches."""
    return shortened(legible(name), width * POINTS / size)


def picture(axes: Axes, box: Box, levels: NDArray[np.uint8], frame: Ink | None = None) -> None:
    """Draw grey levels (height, width) in a place on a board, each as a square."""
    fine = -(-FINE // max(levels.shape))
    _image(axes, box, np.kron(levels, np.ones((fine, fine), np.uint8)))
    if frame:
        corner = (box.left, box.top)
        axes.add_patch(Rectangle(corner, box.width, box.height, fill=False, ec=frame, lw=1.5))


def _image(axes: Axes, box: Box, levels: NDArray[np.uint8]) -> None:
    extent = (box.left, box.left + box.width, box.top + box.height, box.top)
    image = AxesImage(axes, cmap="gray", extent=extent, interpolation="none")
    image.set_data(levels)
    image.set_clim(0, 255)
    axes.add_image(image)


def ramp(axes: Axes, right: float, y: float) -> None:
    """Draw what the greys of weights mean, to the left of a place: against, zero, for."""
    right -= _word(axes, right, y, "for") + 0.1
    levels = signed_grey(np.linspace(-1, 1, 64), 1)[None]
    _image(axes, Box(right - 1.2, y - 0.12, 1.2, 0.14), levels)
    _word(axes, right - 1.3, y, "against")


def _word(axes: Axes, right: float, y: float, word: str) -> float:
    """Write a word of the ramp; return its width in inches."""
    write(axes, right, y, word, 9, color=MUTED, ha="right")
    return inches(word, 9)


def inches(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is."""
    return size * text_width(text, bold) / POINTS
