"""Plans: sizes to try for the cells and texts of a frame, and how much room they need."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import ClassVar

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import shortened, width_of
from mnistviz.frame.places import HeaderPlaces, Layout, Legend, TextSizes, Widest
from mnistviz.frame.words import LEGEND

ROWS_OF_CELLS = 3  # image, weights, product
LEAST_HEADING = 10  # text size; smaller is not legible
HEADING_SPACE = 0.4  # between headings, in text sizes
LEAST_BAR = 0.45  # the longest bar's least length, in cells


@dataclass(frozen=True)
class BasePlan(ABC):
    """What the plans of a film of images and of a training film have in common.

    Attributes
    ----------
    k
        Screen pixels along the side of an image pixel.
    scale
        Of texts and spaces: 1 in a frame of 1080 pixels that has room enough.
    image_size
        Height and width of the images in pixels.
    names
        Of the classes, as they can be drawn.
    """

    k: int
    scale: float
    image_size: tuple[int, int]
    names: tuple[str, ...]

    @property
    @abstractmethod
    def text(self) -> TextSizes:
        """Text sizes; headings are smaller where the longest needs it."""

    @property
    @abstractmethod
    def heading_room(self) -> int:
        """Width for a heading and the space next to it, in pixels."""

    @property
    @abstractmethod
    def width(self) -> int:
        """Width that the frame needs."""

    @property
    @abstractmethod
    def stack(self) -> dict[str, int]:
        """Least heights of everything from top to bottom."""

    @cached_property
    def height(self) -> int:
        """Height that the frame needs."""
        return sum(self.stack.values())

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    @cached_property
    def fitting_heading(self) -> int:
        """The largest text size of headings in which all names are written out."""
        longest = max(text_width(name, True) for name in self.names)
        return int(self.heading_room / (longest + HEADING_SPACE))

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the classes, shortened where they must be."""
        most = self.heading_room / self.text.heading - HEADING_SPACE
        return tuple(shortened(name, most) for name in self.names)

    @property
    def legend_width(self) -> int:
        """Width of the ramp of greys and its two words."""
        words = sum(width_of(word, self.text.footer) for word in LEGEND)
        return words + self._ramp_width + 2 * self.space(12)

    def legend_at(self, right: int, baseline: int) -> Legend:
        """Return the places of a legend that ends at `right`."""
        pad, width, height = self.space(12), self._ramp_width, max(6, even(0.75 * self.text.footer))
        end = right - width_of(LEGEND[1], self.text.footer) - pad
        ramp = Box(even(end - width), even(baseline - height), width, height)
        against, favour = Spot(ramp.x - pad, baseline, "right"), Spot(right, baseline, "right")
        return Legend(ramp, against, favour)

    @property
    def _ramp_width(self) -> int:
        return max(64, even(160 * self.scale))

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan, even and never less than 4 pixels."""
        return max(4, even(self.scale * pixels))


@dataclass(frozen=True)
class Plan(BasePlan):
    """A plan for a frame that shows one image.

    Attributes
    ----------
    gap
        Space between cells, in pixels.
    widest
        The widest text of each place.
    """

    axis: ClassVar[int]  # along which a class's lane runs: 0 across the frame, 1 down
    narrowest: ClassVar[int] = 4  # gap, in pixels
    least_gap: ClassVar[int] = 6  # that is not narrow
    gap_share: ClassVar[float] = 1 / 21  # of such a gap, of a cell's width

    gap: int
    widest: Widest

    @property
    @abstractmethod
    def _sizes(self) -> TextSizes:
        """Text sizes at this scale, whatever the names of the classes."""

    @property
    @abstractmethod
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""

    @abstractmethod
    def place(self, size: tuple[int, int]) -> Layout:
        """Return the layout of a frame of this width and height, which has the room."""

    @property
    def merit(self) -> float:
        """What makes one plan better than another: the product of cell size and text size.

        By cells alone, few classes would stand as large as the frame and leave no room for text.
        """
        return self.k * self.text.title

    def fits(self, size: tuple[int, int]) -> bool:
        """Whether a frame of this width and height has the room."""
        return self.width <= size[0] and self.height <= size[1] and self.texts_fit

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes at this scale; headings are smaller where the longest needs it."""
        sizes = self._sizes
        least = max(LEAST_HEADING, sizes.bias)
        return replace(sizes, heading=min(sizes.heading, max(least, self.fitting_heading)))

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
    def verdict(self) -> dict[str, int]:
        """Widths of the header's main part from left to right: what is true, what is predicted."""
        wide, text, space = self.widest, self.text, self.space
        swatch = ceil_even(text.title * 2 / 3)
        return {
            "true swatch": swatch,
            "before true": space(16),
            "true": width_of(wide.true, text.title, bold=True),
            "after true": space(30),
            "predicted swatch": swatch,
            "before predicted": space(16),
            "predicted": width_of(wide.predicted, text.title, bold=True),
            "after predicted": space(30),
            "mark": width_of(wide.mark, text.title),
            "after mark": space(8),
            "percent": width_of(wide.percent, text.position),
        }

    @cached_property
    def verdict_width(self) -> int:
        """Width of the header's main part."""
        return sum(self.verdict.values())

    def header_at(self, start: int, baseline: int, position: Spot, tally: Spot) -> HeaderPlaces:
        """Return the header, whose main part starts at an even x and stands on a baseline."""
        widths = self.verdict
        begins = dict(zip(widths, accumulate(widths.values(), initial=start), strict=False))
        side = widths["true swatch"]
        return HeaderPlaces(
            position=position,
            true_swatch=Box(start, baseline - side, side, side),
            true=Spot(begins["true"], baseline),
            predicted_swatch=Box(even(begins["predicted swatch"]), baseline - side, side, side),
            predicted=Spot(begins["predicted"], baseline),
            mark=Spot(begins["mark"], baseline),
            percent=Spot(begins["percent"], baseline),
            tally=tally,
        )


def share_out(stack: dict[str, int], height: int, takers: Sequence[str]) -> dict[str, int]:
    """Return where each part of a stack ends, when some of them share the room that is left.

    Parameters
    ----------
    stack
        Heights of the parts, from top to bottom.
    height
        Of the frame.
    takers
        Names of the parts that grow, each as much as the others.
    """
    share = even((height - sum(stack.values())) / len(takers) - 0.5)
    grown = {name: part + share * (name in takers) for name, part in stack.items()}
    return dict(zip(grown, accumulate(grown.values()), strict=True))
