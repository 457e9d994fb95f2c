"""A frame's contents as a list of elements, whether matplotlib or the painter draws them.

Coordinates are whole pixels from the top left corner. What stands later in the list is drawn over
what stands before. Elements are tuples: a film makes and compares many of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Align, Box
from mnistviz.drawing.theme import Colour
from mnistviz.language.typefaces import DEJAVU, Fonts


class Cell(NamedTuple):
    """A picture, each of its pixels k×k screen pixels.

    Attributes
    ----------
    x, y
        Top left corner, in pixels.
    k
        Screen pixels along the side of a picture's pixel.
    levels
        (height, width) uint8: grey levels, or rows of `colours`.
    colours
        (256, 3) uint8: red, green and blue of each level; None if they are grey. In colour, x, y
        and k are even.
    """

    x: int
    y: int
    k: int
    levels: NDArray[np.uint8]
    colours: NDArray[np.uint8] | None = None


class Rectangle(NamedTuple):
    """A filled rectangle: top left corner, width and height, in pixels.

    Attributes
    ----------
    dash
        Length of the dashes along its longer side, and of the gaps between them, in which what
        is under it is seen; even. Default: 0, it is solid.
    """

    x: int
    y: int
    width: int
    height: int
    colour: Colour
    dash: int = 0

    def dashes(self) -> "Iterator[Rectangle]":
        """Yield its dashes; itself if it is solid."""
        if not self.dash:
            yield self
            return
        across = self.width >= self.height
        whole = self.width if across else self.height
        for start in range(0, whole, 2 * self.dash):
            length = min(self.dash, whole - start)
            if across:
                yield Rectangle(self.x + start, self.y, length, self.height, self.colour)
            else:
                yield Rectangle(self.x, self.y + start, self.width, length, self.colour)


class Text(NamedTuple):
    """A line of text.

    Attributes
    ----------
    x, baseline
        Where it stands, in pixels; `align` says which of its edges, or its centre, is at x.
    text, link
        The characters, at least one and no markup, and the address that an SVG or PDF links to.
    size
        Size of the typeface in pixels.
    """

    x: int
    baseline: int
    text: str
    size: int
    colour: Colour
    bold: bool = False
    align: Align = "left"
    link: str = ""


Element = Cell | Rectangle | Text


@dataclass(frozen=True)
class Scene:
    """A frame's contents.

    Attributes
    ----------
    size
        Width and height in pixels.
    background
        Colour of what no element covers.
    static
        Elements that are the same in every frame of the film.
    changing
        Elements that are not; drawn over the static ones.
    fonts
        The typefaces of its texts. Default: DejaVu Sans.
    """

    size: tuple[int, int]
    background: Colour
    static: tuple[Element, ...]
    changing: tuple[Element, ...]
    fonts: Fonts = DEJAVU

    def cut_out(self, box: Box) -> "Scene":
        """Return what begins within a box, as a scene of its size."""

        def within(elements: tuple[Element, ...]) -> tuple[Element, ...]:
            moved: list[Element] = []
            for element in elements:
                top = element.baseline - 1 if isinstance(element, Text) else element.y
                if box.y <= top < box.y + box.height and box.x <= element.x <= box.x + box.width:
                    moved.append(_moved(element, -box.x, -box.y))
            return tuple(moved)

        size = box.width, box.height
        return replace(self, size=size, static=within(self.static), changing=within(self.changing))

    @property
    def elements(self) -> tuple[Element, ...]:
        """All elements, in the order in which they are drawn."""
        return self.static + self.changing


def _moved(element: Element, right: int, down: int) -> Element:
    x = element.x + right
    if isinstance(element, Text):
        return element._replace(x=x, baseline=element.baseline + down)
    return element._replace(x=x, y=element.y + down)
