"""A try at a turned layout: one row a class; image, weights, product and bar side by side."""

from dataclasses import dataclass, replace
from functools import cached_property

from mnistviz.drawing.geometry import cap_height, ceil_even, even
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.frame.places import TextSizes
from mnistviz.frame.plan import LEAST_BAR, ROWS_OF_CELLS, Plan

FULL_WIDTH = 1080
# On a telephone, 1080 pixels are seven centimetres wide: small texts are larger, large ones hardly.
SIZES = (
    *((48, 14), (32, 11), (42, 12), (46, 14), (40, 12), (28, 8)),
    *((34, 10), (24, 8), (26, 9)),
)
WIDEST_HEADING = 240  # pixels at scale 1
LEAST_WIDEST_HEADING = 2  # text sizes, at any scale: room for a letter, a digit or '…'
LEAST_LABEL = 8  # text size
SMALLER_LABEL = 0.6  # of its full size


@dataclass(frozen=True)
class TurnedPlan(Plan):
    """A try at a layout; at scale 1 a frame is 1080 pixels wide."""

    least_gap = 8
    gap_share = 1 / 17

    @staticmethod
    def full_scale(size: tuple[int, int]) -> float:
        """Return the scale of a frame whose texts have the size that they should."""
        return size[0] / FULL_WIDTH

    @staticmethod
    def most_k(size: tuple[int, int], image_size: tuple[int, int], classes: int) -> int:
        """Return a k that is too large for so many classes, or just fits."""
        by_width = int(size[0] / ((ROWS_OF_CELLS + 2 * LEAST_BAR) * image_size[1]))
        return min(by_width, size[1] // (classes * image_size[0]))

    @property
    def merit(self) -> float:
        """As of every Plan, if text had the size that it has in an upright one."""
        return super().merit * TextSizes.at(1).title / TextSizes.at(1, SIZES).title

    @property
    def outline(self) -> int:
        """Thickness of a class's outline, which is as long as the frame is wide."""
        return min(super().outline, max(2, even(self.cell[0] / 35)))

    @cached_property
    def sizes(self) -> TextSizes:
        """Text sizes at this scale; labels are smaller where narrow cells need it."""
        sizes = TextSizes.at(self.scale, SIZES)
        widest = max(text_width(label, False) for label in self.widest.labels)
        fitting = int((self.cell[0] + self.gap - self.space(10)) / widest)
        least = max(LEAST_LABEL, round(SMALLER_LABEL * sizes.label))
        return replace(sizes, label=min(sizes.label, max(least, fitting)))

    @property
    def heading_room(self) -> int:
        """Width for a heading and the space beside it: as much as it needs, within reason."""
        longest = max(text_width(name, True) for name in self.widest.classes)
        needed = ceil_even(self.sizes.heading * (longest + 0.5))
        least = LEAST_WIDEST_HEADING * self.sizes.heading
        return min(needed, max(self.space(WIDEST_HEADING), least))

    @cached_property
    def row(self) -> dict[str, int]:
        """Widths of a row's parts from left to right; the bar takes what is left as well."""
        cells = ROWS_OF_CELLS * self.cell[0] + (ROWS_OF_CELLS - 1) * self.gap
        return {
            "heading": self.heading_room,
            "before cells": self.space(8) + self.outline,
            "cells": cells,
            "before bar": self.space(24),
            "bar": 2 * even(LEAST_BAR * self.cell[0]) + self.line,
            "before number": self.space(12),
            "number": ceil_even(self._number_width),
            "after number": self.space(10) + self.outline,
        }

    @cached_property
    def width(self) -> int:
        """Width that the frame needs."""
        return max(sum(self.row.values()), self.band_needs) + 2 * self.margin

    @property
    def margin(self) -> int:
        """Least space to the left and right of everything."""
        return self.space(32)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Heights of a row's number and the small one under it."""
        return {
            "number": cap_height(self.text.number),
            "under number": self.space(12),
            "bias": cap_height(self.text.bias),
        }

    @cached_property
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""
        words = max(self.measure(label, self.text.label) for label in self.widest.labels)
        high = max(sum(self.numbers.values()), cap_height(self.text.heading))
        apart = self.space(10)
        return words + apart <= self.cell[0] + self.gap and high + 4 <= self.cell[1]

    @property
    def _number_width(self) -> int:
        number = self.measure(self.widest.number, self.text.number, bold=True)
        return max(number, self.measure(self.widest.bias, self.text.bias))

    @property
    def band_needs(self) -> int:
        """Width of the widest line of header and footer."""
        widest, text, gap = self.widest, self.text, self.space(30)
        ends = sum(self.measure(end, text.position) for end in (widest.position, widest.tally))
        first, second = (self.measure(part, text.footer) for part in widest.footer)
        legend = sum(self.legend.values())
        return ceil_even(max(sum(self.group.values()), ends + gap, first, second + gap + legend))

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom."""
        text, space, rows = self.text, self.space, len(self.widest.classes)
        return {
            "top": space(46),
            **self.banner,
            "title": cap_height(text.title),
            "under title": space(28),
            "position": cap_height(text.position),
            "under position": space(40),
            "symbol": cap_height(text.symbol),
            "under symbol": ceil_even(0.3 * text.symbol),
            "label": cap_height(text.label),
            "under label": space(20),
            "rows": rows * self.cell[1] + (rows - 1) * self.gap,
            "under rows": space(32),
            "footer": cap_height(text.footer),
            "between footers": space(18),
            "second footer": cap_height(text.footer),
            "under footer": space(24),
            "progress": max(4, self.outline),
            "bottom": space(36),
        }
