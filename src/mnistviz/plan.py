"""A try at a frame's layout: these sizes, and how much room they need."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from mnistviz.layout import TextSizes, Widest

TextWidth = Callable[[str, bool], float]  # (text, bold) -> width in text sizes

ROWS_OF_CELLS = 3  # image, weights, product
CAP_HEIGHT = 0.73  # of capitals and digits, in text sizes (DejaVu Sans)
LEAST_HEADING = 10  # text size; smaller is not legible
HEADING_SPACE = 0.4  # between headings, in text sizes
LEAST_BAR = 0.45  # the longest bar's least height, in cells


def even(value: float) -> int:
    """Return the nearest even number."""
    return 2 * round(value / 2)


def ceil_even(value: float) -> int:
    """Return the smallest even number that is not below."""
    return 2 * math.ceil(value / 2)


def cap(size: int) -> int:
    """Return the height of capitals of a text size, in pixels, even."""
    return ceil_even(CAP_HEIGHT * size)


@dataclass(frozen=True)
class Plan:
    """A try at a layout.

    Attributes
    ----------
    k
        Screen pixels along the side of an image pixel.
    gap
        Space between cells, in pixels.
    scale
        Of texts and spaces; 1 is a frame 1080 pixels high.
    image_size
        Height and width of the images in pixels.
    widest, text_width
        The widest text of each place, and what measures it.
    wide
        Whether header and footer may reach beyond the columns.
    """

    k: int
    gap: int
    scale: float
    image_size: tuple[int, int]
    widest: Widest
    text_width: TextWidth
    wide: bool

    def fits(self, size: tuple[int, int]) -> bool:
        """Whether a frame of this width and height has the room."""
        return self.width <= size[0] and self.height <= size[1] and self.texts_fit

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes at this scale; headings are smaller where the longest needs it."""
        sizes = TextSizes.at(self.scale)
        longest = max(self.text_width(name, True) for name in self.widest.classes)
        fitting = int((self.cell[0] + self.gap) / (longest + HEADING_SPACE))
        least = max(LEAST_HEADING, sizes.bias)
        return replace(sizes, heading=min(sizes.heading, max(least, fitting)))

    @cached_property
    def heading_width(self) -> float:
        """Greatest width of a heading, in text sizes."""
        return (self.cell[0] + self.gap) / self.text.heading - HEADING_SPACE

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    @cached_property
    def grid_width(self) -> int:
        """Width of all columns and the gaps between them."""
        columns = len(self.widest.classes)
        return columns * self.cell[0] + (columns - 1) * self.gap

    @property
    def outline(self) -> int:
        """Thickness of a column's outline: two of them share a gap."""
        return self.gap // 4 * 2

    @property
    def line(self) -> int:
        """Thickness of thin lines."""
        return max(2, even(self.gap / 4))

    @cached_property
    def width(self) -> int:
        """Width that the frame needs."""
        columns = self.labels_width + self.space(8) + self.grid_width + 2 * (self.outline + 2)
        return max(columns, self.band_width + 2 * self.space(30) if self.wide else 0)

    @cached_property
    def band_width(self) -> int:
        """Width of header, footer and progress bar."""
        if not self.wide:
            return self.grid_width
        return max(self.grid_width, ceil_even(self._header_needs), ceil_even(self._footer_needs))

    @cached_property
    def height(self) -> int:
        """Height that the frame needs."""
        bars = 2 * even(LEAST_BAR * self.cell[1]) + self.line
        return sum(self.stack.values()) + bars

    @cached_property
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""
        cell, text = self.cell[0], self.text
        return (
            self.measure(self.widest.number, text.number, bold=True) <= cell
            and text.symbol + 1.35 * text.label <= self.cell[1] + self.gap  # as `compose` sets them
            and self.measure(self.widest.bias, text.bias) <= cell - 2
            and self._header_needs <= self.band_width
            and self._footer_needs <= self.band_width
        )

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom, but for the bars, which take what is left."""
        text, space = self.text, self.space
        rows = ROWS_OF_CELLS * self.cell[1] + (ROWS_OF_CELLS - 1) * self.gap
        return {
            "top": space(46),
            "title": cap(text.title),
            "under title": space(43),
            "heading": cap(text.heading),
            "under heading": space(24),
            "rows": rows,
            "under rows": self.gap,
            "bars": 0,
            "under bars": space(20),
            "number": cap(text.number),
            "under number": space(16),
            "bias": cap(text.bias),
            "under bias": space(15),
            "under columns": space(22),
            "footer": cap(text.footer),
            "under footer": space(20),
            "progress": max(2, self.outline),
            "bottom": space(20),
        }

    @cached_property
    def labels_width(self) -> int:
        """Width of the column of row labels."""
        return max(self.measure(label, self.text.label) for label in self.widest.labels)

    @cached_property
    def group(self) -> dict[str, int]:
        """Widths of the header's middle from left to right: what is true, what is predicted."""
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
    def header_widths(self) -> tuple[int, int, int]:
        """Widths of the header's three parts: position, group, tally."""
        position = self.measure(self.widest.position, self.text.position)
        tally = self.measure(self.widest.tally, self.text.position)
        return position, sum(self.group.values()), tally

    @cached_property
    def legend(self) -> dict[str, int]:
        """Widths of the legend from left to right."""
        against, favour = (self.measure(word, self.text.footer) for word in self.widest.legend)
        ramp, pad = max(64, even(160 * self.scale)), self.space(12)
        return {"against": against, "left": pad, "ramp": ramp, "right": pad, "for": favour}

    @property
    def _header_needs(self) -> int:
        return sum(self.header_widths) + 2 * self.space(30)

    @property
    def _footer_needs(self) -> int:
        footer = self.measure(self.widest.footer, self.text.footer)
        return footer + self.space(30) + sum(self.legend.values())

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan, even and never less than 4 pixels."""
        return max(4, even(self.scale * pixels))

    def measure(self, text: str, size: int, bold: bool = False) -> int:
        """Return a text's width in whole pixels."""
        return math.ceil(size * self.text_width(text, bold))
