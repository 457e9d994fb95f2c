"""The cells of a frame: image, weights and products of each class."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, even
from mnistviz.drawing.scene import Cell, Element, Rectangle
from mnistviz.drawing.theme import Theme, grey, signed_grey
from mnistviz.frame import words
from mnistviz.frame.places import BaseLayout, Layout, text_at
from mnistviz.frame.scales import Scales
from mnistviz.language.language import Language

TICKS = (-1, -0.5, -0.25, 0, 0.25, 0.5, 1)  # of the legend, as shares of what is white
TICK = 2  # width of one, in pixels


@dataclass(frozen=True)
class Cells:
    """Composes the three upper rows of a frame.

    Attributes
    ----------
    weights, scales
        (pixels, classes) weights, or their effects, and the value that is white.
    layout, theme
        Where they stand, and in which colours.
    """

    weights: NDArray[np.float32]
    scales: Scales
    layout: Layout
    theme: Theme

    def frames(self) -> Iterator[Element]:
        """Frame cells outside of their pixels, so that none is covered.

        Without it, nobody would see where a black image ends, or a coloured zero.
        """
        framed = 1 if self.theme.signed is None else 3
        for lane in self.layout.lanes:
            for corner in lane.cells[:framed]:
                yield frame(Box(*corner, *self.layout.cell), self.layout, self.theme)

    def weight_cells(self) -> Iterator[Element]:
        """Yield each class's weights."""
        levels = self._pictures(self.levels(self.weights.T))
        for lane, weights in zip(self.layout.lanes, levels, strict=True):
            yield self._signed(lane.cells[1], weights)

    def images(self, pixels: NDArray[np.float32]) -> Iterator[Element]:
        """Yield the image once a class, from its pixels (pixels,) in [0, 1]."""
        image = self._pictures(grey(pixels))
        for lane in self.layout.lanes:
            yield Cell(*lane.cells[0], self.layout.k, image)

    def products(self, contributions: NDArray[np.float32]) -> Iterator[Element]:
        """Yield each class's contributions (classes, pixels)."""
        levels = self._pictures(self.levels(contributions))
        for lane, product in zip(self.layout.lanes, levels, strict=True):
            yield self._signed(lane.cells[2], product)

    def levels(self, values: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Return the grey levels of weights or contributions, of any shape."""
        return signed_grey(values, self.scales.weight, self.theme.exponent)

    def _pictures(self, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels of one or more pictures (..., pixels) as (..., height, width)."""
        width, height = (side // self.layout.k for side in self.layout.cell)
        return levels.reshape(*levels.shape[:-1], height, width)

    def _signed(self, corner: tuple[int, int], levels: NDArray[np.uint8]) -> Cell:
        """Return a cell of weights or products."""
        return Cell(*corner, self.layout.k, levels, self.theme.signed_colours)


def frame(box: Box, layout: BaseLayout, theme: Theme) -> Rectangle:
    """Return what is seen as a thin frame around a box when the box is drawn over it."""
    line, (x, y, width, height) = layout.line, box
    return Rectangle(x - line, y - line, width + 2 * line, height + 2 * line, theme.line)


def legend(layout: BaseLayout, theme: Theme, language: Language) -> Iterator[Element]:
    """Yield the ramp of what weights and products look like, its ticks, and its two words.

    The ramp is linear in the weight, so that the ticks, at 0, ±¼, ±½ and ±1 of the weight that is
    white, show the tone curve.
    """
    at = layout.legend
    if at is None:
        return
    x, y, width, height = at.ramp
    levels = signed_grey(np.linspace(-1, 1, width // 2), 1, theme.exponent)
    for tick in TICKS:
        left = x + even((width - TICK) * (1 + tick) / 2)
        yield Rectangle(left, y, TICK, height + 3 * layout.line, theme.muted)
    yield frame(at.ramp, layout, theme)
    yield Cell(x, y, 2, np.tile(levels, (height // 2, 1)), theme.signed_colours)
    for place, word in zip((at.against, at.favour), words.legend(language), strict=True):
        yield text_at(layout, place, "footer", word, theme.muted)
