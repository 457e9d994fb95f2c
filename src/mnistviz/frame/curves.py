"""Curves of sums, as steps: after each pixel that is added, a level and a riser."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, even
from mnistviz.drawing.scene import Rectangle
from mnistviz.drawing.theme import Colour

LEAST = 2  # width of a step, in pixels: of more pixels than that, some are left out


@dataclass(frozen=True)
class Plot:
    """Where curves stand.

    Attributes
    ----------
    box
        The room of the curves.
    steps
        How many pixels are added in all.
    low, high
        The scores at its bottom and its top; zero is between them, or one of them.
    line
        Thickness of a curve.
    """

    box: Box
    steps: int
    low: float
    high: float
    line: int

    def thicker(self) -> "Plot":
        """Return it with curves of twice the thickness."""
        return replace(self, line=2 * self.line)

    def x(self, step: int) -> int:
        """Return where a number of pixels stands."""
        return self.box.x + round(self.box.width * step / max(1, self.steps))

    def y(self, score: float) -> int:
        """Return the middle of a curve at a score, even."""
        low, high = min(0.0, self.low), max(0.0, self.high)
        return self.box.y + even(self.box.height * (high - score) / ((high - low) or 1.0))


def curve(plot: Plot, scores: NDArray[np.float64], colour: Colour) -> Iterator[Rectangle]:
    """Yield the score after each number of pixels, from none on, in pieces from left to right."""
    most = min(plot.steps, plot.box.width // LEAST)
    numbers = np.unique(np.linspace(0, plot.steps, most + 1).round().astype(int)).tolist()
    line, half = plot.line, plot.line // 2
    for number, following in pairwise(numbers):
        x, until = plot.x(number), plot.x(following)
        y, after = plot.y(float(scores[number])), plot.y(float(scores[following]))
        yield Rectangle(x, y - half, until - x, line, colour)
        yield Rectangle(until - half, min(y, after) - half, line, abs(after - y) + line, colour)


def spread(wanted: list[int], pitch: int, top: int, bottom: int) -> list[int]:
    """Return places from top to bottom, near to those wanted, each a pitch below the one before.

    The wanted ones are in order; all are between top and bottom where they fit there.
    """
    places: list[int] = []
    for place in wanted:
        places.append(max(place, top, places[-1] + pitch if places else top))
    for number in reversed(range(len(places))):
        least = bottom - (len(places) - 1 - number) * pitch
        places[number] = min(places[number], least)
    return places
