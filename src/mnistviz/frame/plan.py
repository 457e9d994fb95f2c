"""A try at a frame's layout: these sizes, and how much room they need."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from mnistviz.drawing.geometry import cap_height, ceil_even, even
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.frame.places import TextSizes, Widest

ROWS_OF_CELLS = 3  # image, weights, product
LEAST_HEADING = 10  # text size; smaller is not legible
HEADING_SPACE = 0.4  # between headings, in text sizes
LEAST_BAR = 0.45  # the longest bar's least length, in cells


@dataclass(frozen=True)
class Plan(ABC):
    """A try at a layout.

    Attributes
    ----------
    k
        Screen pixels along the side of an image pixel.
    gap
        Space between cells, in pixels.
    scale
        Of texts and spaces.
    image_size
        Height and width of the images in pixels.
    widest
        The widest text of each place.
    """

    narrowest: ClassVar[int] = 4  # gap, in pixels
    least_gap: ClassVar[int] = 6  # that is not narrow
    gap_share: ClassVar[float] = 1 / 21  # of such a gap, of a cell's width

    k: int
    gap: int
    scale: float
    image_size: tuple[int, int]
    widest: Widest

    @staticmethod
    @abstractmethod
    def full_scale(size: tuple[int, int]) -> float:
        """Return the scale of a frame whose texts have the size that they should."""

    @staticmethod
    @abstractmethod
    def most_k(size: tuple[int, int], image_size: tuple[int, int], classes: int) -> int:
        """Return a k that is too large for so many classes, or just fits."""

    @property
    @abstractmethod
    def sizes(self) -> TextSizes:
        """Text sizes at this scale, whatever the names of the classes."""

    @property
    @abstractmethod
    def heading_room(self) -> int:
        """Width for a heading and the space beside it, in pixels."""

    @property
    @abstractmethod
    def width(self) -> int:
        """Width that the frame needs."""

    @property
    @abstractmethod
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom, at least."""

    @property
    @abstractmethod
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""

    @property
    def merit(self) -> float:
        """What makes one plan better than another: the product of cell size and text size.

        By cells alone, few classes would stand as large as the frame and leave no room for text.
        """
        return self.k * self.text.title

    @cached_property
    def height(self) -> int:
        """Height that the frame needs."""
        return sum(self.stack.values())

    def fits(self, size: tuple[int, int]) -> bool:
        """Whether a frame of this width and height has the room."""
        return self.width <= size[0] and self.height <= size[1] and self.texts_fit

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes at this scale; headings are smaller where the longest needs it."""
        sizes = self.sizes
        longest = max(text_width(name, True) for name in self.widest.classes)
        fitting = int(self.heading_room / (longest + HEADING_SPACE))
        least = max(LEAST_HEADING, sizes.bias)
        return replace(sizes, heading=min(sizes.heading, max(least, fitting)))

    @cached_property
    def heading_width(self) -> float:
        """Greatest width of a heading, in text sizes."""
        return self.heading_room / self.text.heading - HEADING_SPACE

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    @property
    def outline(self) -> int:
        """Thickness of a class's outline: two of them share a gap."""
        return self.gap // 4 * 2

    @property
    def line(self) -> int:
        """Thickness of thin lines."""
        return max(2, even(self.gap / 4))

    @property
    def banner(self) -> dict[str, int]:
        """Heights of the film's title and the space below it."""
        if not self.widest.banner:
            return {"banner": 0, "under banner": 0}
        return {"banner": cap_height(self.text.banner), "under banner": self.space(36)}

    @cached_property
    def group(self) -> dict[str, int]:
        """Widths of the header's main part from left to right: what is true, what is predicted."""
        wide, text, space = self.widest, self.text, self.space
        swatch = ceil_even(text.title * 2 / 3)
        return {
            "true swatch": swatch,
            "before true": space(16),
            "true": self.measure(wide.true, text.title, bold=True),
            "after true": space(30),
            "predicted swatch": swatch,
            "before predicted": space(16),
            "predicted": self.measure(wide.predicted, text.title, bold=True),
            "after predicted": space(30),
            "mark": self.measure(wide.mark, text.title),
            "after mark": space(8),
            "percent": self.measure(wide.percent, text.position),
        }

    @cached_property
    def legend(self) -> dict[str, int]:
        """Widths of the legend from left to right."""
        against, favour = (self.measure(word, self.text.footer) for word in self.widest.legend)
        ramp, pad = max(64, even(160 * self.scale)), self.space(12)
        return {"against": against, "left": pad, "ramp": ramp, "right": pad, "for": favour}

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan, even and never less than 4 pixels."""
        return max(4, even(self.scale * pixels))

    def measure(self, text: str, size: int, bold: bool = False) -> int:
        """Return a text's width in whole pixels."""
        return math.ceil(size * text_width(text, bold))
