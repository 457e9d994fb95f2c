"""A curve against the steps of a training, as narrow rectangles side by side.

Across, steps stand at their square root, as time does in the film: so its end moves evenly, and
the early steps, where most happens, have room.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Rectangle
from mnistviz.drawing.theme import Colour
from mnistviz.training_film.layout import COLUMN, ChartPlace

NICE = (1, 2, 5)  # times a power of ten
MOST_TICKS = 3  # beside a plot, and zero


@dataclass(frozen=True)
class Chart:
    """One curve, and its axes.

    Attributes
    ----------
    place
        Where the plot stands.
    line
        Thickness of the curve, in pixels.
    steps
        Steps of the points, rising from 0.
    values
        Of the points, zero or above; straight lines join them.
    top
        The value at the top of the plot, above zero.
    """

    place: ChartPlace
    line: int
    steps: tuple[int, ...]
    values: tuple[float, ...]
    top: float

    def columns_until(self, step: int) -> int:
        """Return how many columns of the curve lie before a step."""
        return int(self._across(step) * self.place.width) // COLUMN

    def column(self, number: int, ink: Colour, shade: Colour) -> tuple[Rectangle, ...]:
        """Return a column of the curve, counted from 0: the line, and the shade beneath it."""
        x = self.place.left + COLUMN * number
        high, low = sorted(self._heights[number : number + 2])
        line = Rectangle(x, high, COLUMN, low - high + self.line, ink)
        beneath = line.y + line.height
        if beneath >= self.place.bottom:
            return (line,)
        return line, Rectangle(x, beneath, COLUMN, self.place.bottom - beneath, shade)

    def y(self, value: float) -> int:
        """Return how far down the top of the curve is for a value: an even number of pixels."""
        room = self.place.height - self.line
        return self.place.top + even(room * (1 - value / self.top))

    def x(self, step: int) -> int:
        """Return where a step is, from the left: an even number of pixels."""
        return self.place.left + even(self._across(step) * self.place.width)

    @cached_property
    def _heights(self) -> list[int]:
        """How far down the curve is at the edges of the columns."""
        edges = np.linspace(0, 1, self.place.width // COLUMN + 1)
        at = [self._across(step) for step in self.steps]
        return [self.y(value) for value in np.interp(edges, at, self.values).tolist()]

    def _across(self, step: int) -> float:
        return math.sqrt(step / self.steps[-1])


def value_ticks(top: float) -> list[float]:
    """Return round values from zero to at most `top`, evenly apart: four at most."""
    exponent = math.floor(math.log10(top / MOST_TICKS))
    apart = next(tick for tick in _nice(exponent) if top / tick <= MOST_TICKS + 0.5)
    return [apart * place for place in range(int(top / apart + 1e-9) + 1)]


def step_ticks(steps: int) -> list[int]:
    """Return round steps from the last down to 0; the first and the last of them always."""
    rounds = (int(tick) for tick in _nice(0))
    below = []
    for tick in rounds:
        if tick >= steps:
            break
        below.append(tick)
    return [steps, 0, *reversed(below)]


def _nice(exponent: int) -> Iterator[float]:
    while True:
        yield from (factor * 10.0**exponent for factor in NICE)
        exponent += 1
