"""A curve against the steps of a training, as narrow rectangles side by side.

Across, steps stand at their square root, as time does in the film: so its end moves evenly, and
the early steps, where most happens, have room.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count, takewhile
from typing import NamedTuple

import numpy as np

from mnistviz.drawing.geometry import Box, Spot, even
from mnistviz.drawing.scene import Rectangle
from mnistviz.drawing.theme import Colour

COLUMN = 2  # width of the pieces of a curve, in pixels
ROUND = (1, 2, 5)  # times a power of ten
MOST_TICKS = 3  # at the side of a plot, and zero


class ChartPlace(NamedTuple):
    """Where a chart stands.

    Attributes
    ----------
    plot
        The curve is inside. The width is a multiple of `COLUMN`.
    outer
        Left edge of the title and of the numbers at the left of the plot.
    title, number, axis
        Places of the title, of the number at the end of that line, and of the axis' name.
    ticks
        Baseline of the numbers under the plot.
    """

    plot: Box
    outer: int
    title: Spot
    number: Spot
    ticks: int
    axis: Spot


@dataclass(frozen=True)
class Chart:
    """One curve.

    Attributes
    ----------
    place
        Where the chart stands.
    line
        Thickness of the curve, in pixels.
    steps
        Steps of the points, rising from 0.
    values
        Of the points, zero or above; straight lines join them.
    top
        The value at the top of the plot, above zero.
    ink, shade
        Colours of the curve, and of what is beneath it.
    """

    place: ChartPlace
    line: int
    steps: tuple[int, ...]
    values: tuple[float, ...]
    top: float
    ink: Colour
    shade: Colour

    def curve(self, step: int) -> Iterator[Rectangle]:
        """Yield the curve until a step: pieces of the line, and of the shade beneath it."""
        for column in self._columns[: int(self._across(step) * self.place.plot.width) // COLUMN]:
            yield from column

    def y(self, value: float) -> int:
        """Return how far down the top of the curve is for a value, in pixels, even."""
        room = self.place.plot.height - self.line
        return self.place.plot.y + even(room * (1 - value / self.top))

    def x(self, step: int) -> int:
        """Return how far right a step is, in pixels, even."""
        return self.place.plot.x + even(self._across(step) * self.place.plot.width)

    @cached_property
    def _heights(self) -> list[int]:
        """How far down the curve is at the edges of the columns."""
        edges = np.linspace(0, 1, self.place.plot.width // COLUMN + 1)
        at = [self._across(step) for step in self.steps]
        return [self.y(value) for value in np.interp(edges, at, self.values).tolist()]

    @cached_property
    def _columns(self) -> list[tuple[Rectangle, ...]]:
        """The pieces of the whole curve, from left to right."""
        return [self._column(place) for place in range(self.place.plot.width // COLUMN)]

    def _column(self, place: int) -> tuple[Rectangle, ...]:
        plot = self.place.plot
        x, bottom = plot.x + COLUMN * place, plot.y + plot.height
        high, low = sorted(self._heights[place : place + 2])
        line = Rectangle(x, high, COLUMN, low - high + self.line, self.ink)
        beneath = line.y + line.height
        if beneath >= bottom:
            return (line,)
        return line, Rectangle(x, beneath, COLUMN, bottom - beneath, self.shade)

    def _across(self, step: int) -> float:
        return math.sqrt(step / self.steps[-1])


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
