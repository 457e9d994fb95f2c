"""Paper, ink and letters of a report's panels, and a board to draw them on in inches."""

import math
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from mnistviz.drawing.letters import directed
from mnistviz.drawing.matplotlib_renderer import is_in_dejavu, outlines, rgb
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import legible, shortened
from mnistviz.drawing.theme import THEMES, signed_grey
from mnistviz.frame.words import legend
from mnistviz.language.language import ENGLISH, Language

POINTS = 72  # an inch
HALF = 0.26  # of a size: the middle of a line, above its baseline
ABOVE = 0.75  # inches of a panel above its contents, for the heading
FINE = 224  # least pixels along the side of a picture, so that viewers that smooth leave it sharp

Ink = tuple[float, float, float]


PAPER, INK, MUTED, LINE, BAR = (
    rgb(getattr(THEMES["light"], name)) for name in ("background", "ink", "muted", "line", "bar")
)
RIGHT, WRONG = rgb(THEMES["light"].accents.true), rgb(THEMES["light"].accents.wrong)


class Area(NamedTuple):
    """A rectangle on a page or a board, in inches from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def paper(width: float, height: float) -> Figure:
    """Return an empty page of a size in inches."""
    return Figure(figsize=(width, height), facecolor=PAPER)


class Board:
    """A place on a page. What is drawn on it is placed in inches from its top left corner.

    What is written on it is said in its language.
    """

    def __init__(self, figure: Figure, box: Area, language: Language = ENGLISH) -> None:
        self.figure, self.box, self.language, self.fonts = figure, box, language, language.fonts
        self.width, self.height = box.width, box.height
        self.links: list[tuple[Area, str]] = []  # which view of an explorer a place shows
        whole = Area(0, 0, box.width, box.height)
        self.axes = self.plot(whole, xlim=(0, box.width), ylim=(box.height, 0))

    def plot(self, place: Area, **options: Any) -> Axes:
        """Return axes in a place on the board, without lines or numbers, for their own units."""
        width, height = self.figure.get_size_inches()
        left, top = self.box.left + place.left, self.box.top + place.top
        corner = left / width, 1 - (top + place.height) / height
        size = place.width / width, place.height / height
        axes = self.figure.add_axes((*corner, *size), **options)
        axes.set_axis_off()
        return axes

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        most: float = math.inf,
        **options: Any,
    ) -> None:
        """Write a line of text with its baseline at y; nothing in it is markup.

        It is smaller where it would be wider than `most` inches, for languages have longer words.
        """
        size *= min(1.0, most / (self.inches(text, size, options.get("weight") == "bold") or 1))
        options = {"color": INK, "va": "baseline"} | options
        if is_in_dejavu(text, self.fonts):
            line = directed(text, self.fonts.right_to_left)
            self.axes.text(x, y, line, fontsize=size, parse_math=False, **options)
        else:
            self._outline(x, y, text, size, **options)

    def _outline(self, x: float, y: float, text: str, size: float, **options: Any) -> None:
        """Draw a text in several typefaces, along the line or, turned, up from y."""
        bold, turned = options.get("weight") == "bold", options.get("rotation") == 90
        path, width = outlines(text, bold, self.fonts), text_width(text, bold, self.fonts)
        along = {"left": 0.0, "center": 0.5, "right": 1.0}[options.get("ha", "left")]
        start = Affine2D().translate(0, -HALF).rotate_deg(90) if turned else None
        moved = start or Affine2D().translate(-along * width, 0)
        inch = size / POINTS
        placed = path.transformed(moved.scale(inch, -inch).translate(x, y))
        # Not cut off at the panel's edge, as matplotlib's own texts are not.
        patch = PathPatch(placed, facecolor=options["color"], lw=0, clip_on=False)
        self.axes.add_patch(patch)

    def heading(self, title: str, explanation: str = "", until: float | None = None) -> None:
        """Write what the panel shows, and after it a few words that explain it.

        Both are smaller where they would be wider than the panel, or end after `until`.
        """
        room = self.width if until is None else until
        after = self.inches(title, 13, True) + 0.2 * bool(explanation)
        scale = min(1.0, room / (after + self.inches(explanation, 10, False)))
        self.write(0, 0.3, title, 13 * scale, weight="bold")
        self.write(after * scale, 0.3, explanation, 10 * scale, color=MUTED)

    def rectangle(self, box: Area, colour: Ink) -> None:
        """Draw a filled rectangle."""
        corner = box.left, box.top
        self.axes.add_patch(Rectangle(corner, box.width, box.height, color=colour, lw=0))

    def picture(self, box: Area, levels: NDArray[np.uint8], frame: Ink | None = None) -> None:
        """Draw grey levels (height, width), or RGB, each as a square; with a frame of a colour."""
        fine = -(-FINE // max(levels.shape[:2]))
        self._image(box, levels.repeat(fine, axis=0).repeat(fine, axis=1))
        if frame:
            patch = Rectangle(box[:2], box.width, box.height, fill=False, ec=frame, lw=1.5)
            self.axes.add_patch(patch)

    def _image(self, box: Area, levels: NDArray[np.uint8]) -> None:
        extent = (box.left, box.left + box.width, box.top + box.height, box.top)
        image = AxesImage(self.axes, cmap="gray", extent=extent, interpolation="none")
        image.set_data(levels)
        image.set_clim(0, 255)
        self.axes.add_image(image)

    @property
    def before_legend(self) -> float:
        """Where the legend begins."""
        return self.width - sum(self.inches(word, 9) for word in legend(self.language)) - 1.4

    def legend(self) -> None:
        """Draw in the upper right corner what the greys of weights mean: against, zero, for."""
        against, favour = legend(self.language)
        right, y = self.width - self.inches(favour, 9) - 0.1, 0.3
        self.write(self.width, y, favour, 9, color=MUTED, ha="right")
        levels = signed_grey(np.linspace(-1, 1, 64), 1)[None]
        self._image(Area(right - 1.2, y - 0.12, 1.2, 0.14), levels)
        self.write(right - 1.3, y, against, 9, color=MUTED, ha="right")

    def fitted(self, name: str, width: float, size: float) -> str:
        """Return a class's name in letters that there are, shortened to a width in inches."""
        return shortened(legible(name, self.fonts), width * POINTS / size, self.fonts)

    def inches(self, text: str, size: float, bold: bool = False) -> float:
        """Return the width of a text in a size in points."""
        return size * text_width(text, bold, self.fonts) / POINTS
