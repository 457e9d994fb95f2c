"""Places in a frame, in whole pixels from its top left corner."""

import math
from typing import Literal, NamedTuple

CAP_HEIGHT = 0.73  # of capitals and digits, in text sizes (DejaVu Sans)

Align = Literal["left", "center", "right"]


class Spot(NamedTuple):
    """Where a text stands; `align` says which of its edges, or its centre, is at x."""

    x: int
    baseline: int
    align: Align = "left"

    def mirrored(self, width: int) -> "Spot":
        """Return its place in a mirrored picture of a width."""
        sides: dict[Align, Align] = {"left": "right", "right": "left", "center": "center"}
        return Spot(width - self.x, self.baseline, sides[self.align])


class Box(NamedTuple):
    """A rectangle: left edge, top, width and height."""

    x: int
    y: int
    width: int
    height: int

    def mirrored(self, width: int) -> "Box":
        """Return its place in a mirrored picture of a width."""
        return self._replace(x=width - self.x - self.width)


def even(value: float) -> int:
    """Return the nearest even number."""
    return 2 * round(value / 2)


def ceil_even(value: float) -> int:
    """Return the smallest even number that is not below."""
    return 2 * math.ceil(value / 2)


def cap_height(size: int) -> int:
    """Return the height of the capitals of a text size, in pixels, rounded up to an even number."""
    return ceil_even(CAP_HEIGHT * size)
