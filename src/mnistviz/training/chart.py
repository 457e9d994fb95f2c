"""Two curves against the steps of a training, as narrow rectangles side by side.

Across, steps stand at their square root, as time does in the film: so its end moves evenly, and
the early steps, where most happens, have room.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise, takewhile
from typing import NamedTuple

import numpy as np

from mnistviz.drawing.geometry import Box, Spot, even
from mnistviz.drawing.scene import Rectangle
from mnistviz.drawing.theme import Colour

COLUMN = 2  # width of the pieces of a curve, in pixels
DASH, GAP = 3, 2  # lengths in the dashed curve, in thicknesses of the line
ROUND = (1, 2, 5)  # times a power of ten
MOST_TICKS = 3  # at the side of a plot, and zero


class LabelPlace(NamedTuple):
    """Where a curve's label stands: a piece of the line, its name, and its number beneath."""

    sample: Box
    name: Spot
    number: Spot


class ChartPlace(NamedTuple):
    """Where a chart stands.

    Attributes
    ----------
    plot
        The curve is inside. The width is a multiple of `COLUMN`.
    outer
        Left edge of the title and of the numbers at the left of the plot.
    title, axis
        Places of the title, and of the axis' name.
    ticks
        Baseline of the numbers under the plot.
    labels
        At the right of the plot, of the solid curve and of the dashed one.
    """

    plot: Box
    outer: int
    title: Spot
    ticks: int
    axis: Spot
    labels: tuple[LabelPlace, LabelPlace]


@dataclass(frozen=True)
class Chart:
    """A solid curve over a shade, and a dashed one, which is hidden where both are the same.

    Attributes
    ----------
    place
        Where the chart stands.
    line
        Thickness of the curve, in pixels.
    steps
        Steps of the points, rising from 0.
    solid, dashed
        Values of the points, zero or above; straight lines join them.
    top
        The value at the top of the plot, above zero.
    ink, muted, shade
        Colours of the solid curve, of the dashed one, and of what is beneath the solid one.
    """

    place: ChartPlace
    line: int
    steps: tuple[int, ...]
    solid: tuple[float, ...]
    dashed: tuple[float, ...]
    top: float
    ink: Colour
    muted: Colour
    shade: Colour

    def curve(self, step: int) -> Iterator[Rectangle]:
        """Yield the curves until a step, in pieces that do not overlap, and the shade."""
        width = across(step, self.steps[-1]) * self.place.plot.width
        for column in self._columns[: int(width) // COLUMN]:
            yield from column

    def sample(self, box: Box, dashed: bool) -> Iterator[Rectangle]:
        """Yield a piece of one of the curves, for its label."""
        on, period = DASH * self.line, (DASH + GAP) * self.line
        for start in range(0, box.width, period) if dashed else (0,):
            width = min(on, box.width - start) if dashed else box.width
            colour = self.muted if dashed else self.ink
            yield Rectangle(box.x + start, box.y, width, box.height, colour)

    def y(self, value: float) -> int:
        """Return how far down the top of the curve is for a value, in pixels, even."""
        room = self.place.plot.height - self.line
        return self.place.plot.y + even(room * (1 - value / self.top))

    def x(self, step: int) -> int:
        """Return how far right a step is, in pixels, even."""
        return self.place.plot.x + even(across(step, self.steps[-1]) * self.place.plot.width)

    def _lines(self, values: tuple[float, ...]) -> list[tuple[int, int]]:
        """Return top and bottom of a curve in each column."""
        edges = np.linspace(0, 1, self.place.plot.width // COLUMN + 1)
        at = [across(step, self.steps[-1]) for step in self.steps]
        heights = [self.y(value) for value in np.interp(edges, at, values).tolist()]
        return [(min(pair), max(pair) + self.line) for pair in pairwise(heights)]

    @cached_property
    def _columns(self) -> list[tuple[Rectangle, ...]]:
        """The pieces of both whole curves, from left to right."""
        return [
            tuple(self._column(place, solid, dashed))
            for place, (solid, dashed) in enumerate(
                zip(self._lines(self.solid), self._lines(self.dashed), strict=True)
            )
        ]

    def _column(
        self, place: int, solid: tuple[int, int], dashed: tuple[int, int]
    ) -> Iterator[Rectangle]:
        plot = self.place.plot
        x, beneath = plot.x + COLUMN * place, (solid[1], plot.y + plot.height)
        if COLUMN * place % ((DASH + GAP) * self.line) >= DASH * self.line:
            dashed = (plot.y, plot.y)
        pieces = (
            (self.ink, [solid]),
            (self.muted, _without(dashed, solid)),
            (self.shade, _without(beneath, dashed)),
        )
        for colour, spans in pieces:
            for top, bottom in spans:
                yield Rectangle(x, top, COLUMN, bottom - top, colour)


def across(step: int, steps: int) -> float:
    """Return where a step stands between the first, 0, and the last, 1."""
    return math.sqrt(step / steps)


def _without(span: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """Return what is left of a span, from its top to its bottom, outside of another one."""
    (top, bottom), (first, last) = span, hole
    parts = (top, min(bottom, first)), (max(top, last), bottom)
    return [part for part in parts if part[0] < part[1]]


def value_ticks(top: float) -> list[float]:
    """Return round values from zero to at most `top`, evenly apart: four at most."""
    exponent = math.floor(math.log10(top / MOST_TICKS))
    apart = next(tick for tick in _round_numbers(exponent) if top / tick <= MOST_TICKS + 0.5)
    return [apart * place for place in range(int(top / apart + 1e-9) + 1)]


def step_ticks(steps: int) -> list[int]:
    """Return the last step, the first, and the round steps between them, from high to low."""
    between = [int(tick) for tick in takewhile(lambda tick: tick < steps, _round_numbers(0))]
    return [steps, 0, *reversed(between)]


def _round_numbers(exponent: int) -> Iterator[float]:
    """Yield 1, 2, 5, 10 and so on, times a power of ten."""
    for power in count(exponent):
        yield from (factor * 10.0**power for factor in ROUND)
