"""Turned layouts: one row a class; image, weights, product and bar side by side."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import width_of
from mnistviz.frame.places import BarPlace, Lane, Layout, TextSizes
from mnistviz.frame.plan import LEAST_BAR, ROWS_OF_CELLS, Plan, share_out

# On a telephone, 1080 pixels are seven centimetres wide: small texts are larger, large ones hardly.
SIZES = (
    *((48, 14), (32, 11), (42, 12), (46, 14), (40, 12), (28, 8)),
    *((34, 10), (24, 8), (26, 9)),
)
WIDEST_HEADING = 240  # pixels at scale 1
LEAST_WIDEST_HEADING = 2  # text sizes, at any scale: room for a letter, a digit or '…'
LEAST_LABEL = 8  # text size
SMALLER_LABEL = 0.6  # of its full size
MOST_BAR = 6  # the longest bar's greatest width, in cells


@dataclass(frozen=True)
class TurnedPlan(Plan):
    """A plan for a frame that is high."""

    axis = 0
    least_gap = 8
    gap_share = 1 / 17

    @property
    def merit(self) -> float:
        """As of every plan, if text had the size that it has in an upright one."""
        return super().merit * TextSizes.at(1).title / TextSizes.at(1, SIZES).title

    @property
    def outline(self) -> int:
        """Thickness of a class's outline, which is as long as the frame is wide."""
        return min(super().outline, max(2, even(self.cell[0] / 35)))

    @cached_property
    def _sizes(self) -> TextSizes:
        """Text sizes at this scale; labels are smaller where narrow cells need it."""
        sizes = TextSizes.at(self.scale, SIZES)
        widest = max(text_width(label, False) for label in self.widest.labels)
        fitting = int((self.cell[0] + self.gap - self.space(10)) / widest)
        least = max(LEAST_LABEL, round(SMALLER_LABEL * sizes.label))
        return replace(sizes, label=min(sizes.label, max(least, fitting)))

    @property
    def heading_room(self) -> int:
        """Width for a heading and the space next to it: as much as it needs, within reason."""
        longest = max(text_width(name, True) for name in self.names)
        needed = ceil_even(self._sizes.heading * (longest + 0.5))
        least = LEAST_WIDEST_HEADING * self._sizes.heading
        return min(needed, max(self.space(WIDEST_HEADING), least))

    @cached_property
    def row(self) -> dict[str, int]:
        """Widths of a row's parts from left to right; the bar takes what is left as well."""
        number = width_of(self.widest.number, self.text.number, bold=True)
        small = width_of(self.widest.bias, self.text.bias)
        return {
            "heading": self.heading_room,
            "before cells": self.space(8) + self.outline,
            "cells": ROWS_OF_CELLS * (self.cell[0] + self.gap) - self.gap,
            "before bar": self.space(24),
            "bar": 2 * even(LEAST_BAR * self.cell[0]) + self.line,
            "before number": self.space(12),
            "number": ceil_even(max(number, small)),
            "after number": self.space(10) + self.outline,
        }

    @cached_property
    def width(self) -> int:
        """Width that the frame needs."""
        return max(sum(self.row.values()), self.band_needs) + 2 * self._margin

    @property
    def _margin(self) -> int:
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
        words = max(width_of(label, self.text.label) for label in self.widest.labels)
        high = max(sum(self.numbers.values()), cap_height(self.text.heading))
        return words + self.space(10) <= self.cell[0] + self.gap and high + 4 <= self.cell[1]

    @property
    def band_needs(self) -> int:
        """Width of the widest line of header and footer."""
        widest, text, gap = self.widest, self.text, self.space(30)
        ends = sum(width_of(end, text.position) for end in (widest.position, widest.tally))
        first, second = (width_of(part, text.footer) for part in widest.footer)
        lines = self.verdict_width, ends + gap, first, second + gap + self.legend_width
        return ceil_even(max(lines))

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom."""
        text, space = self.text, self.space
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
            "rows": len(self.names) * (self.cell[1] + self.gap) - self.gap,
            "under rows": space(32),
            "footer": cap_height(text.footer),
            "between footers": space(18),
            "second footer": cap_height(text.footer),
            "under footer": space(24),
            "progress": max(4, self.outline),
            "bottom": space(36),
        }

    def place(self, size: tuple[int, int]) -> Layout:
        """Return the layout of a frame of this width and height."""
        ends = share_out(self.stack, size[1], ("top", "under position", "under rows", "bottom"))
        starts, (left, right) = self._starts(size[0]), self._band(size[0])
        pitch = self.cell[1] + self.gap
        tops = [ends["under label"] + place * pitch for place in range(len(self.names))]
        lanes = tuple(self._lane(starts, top) for top in tops)
        middles = [x + self.cell[0] // 2 for x, _ in lanes[0].cells]
        middles.append(lanes[0].bar.zero.x + self.line // 2)
        position = Spot(left, ends["position"])
        tally = Spot(right, ends["position"], "right")
        return Layout(
            size=size,
            k=self.k,
            cell=self.cell,
            line=self.line,
            outline=self.outline,
            text=self.text,
            lanes=lanes,
            headings=self.headings,
            symbols=tuple(Spot(x, ends["symbol"], "center") for x in middles),
            labels=tuple(Spot(x, ends["label"], "center") for x in middles),
            header=self.header_at(left, ends["title"], position, tally),
            footer=(Spot(left, ends["footer"]), Spot(left, ends["second footer"])),
            legend=self.legend_at(right, ends["second footer"]),
            name_room=right - left,
            progress=Box(left, ends["under footer"], right - left, self.stack["progress"]),
            banner=Spot(left, ends["banner"]) if self.widest.banner else None,
        )

    def _row(self, width: int) -> dict[str, int]:
        """Return the widths of a row's parts, of which the bar takes the room that is left."""
        row = dict(self.row)
        room = width - 2 * self._margin - sum(row.values()) + row["bar"]
        longest = even((room - self.line) / 2 - 0.5)
        row["bar"] = 2 * min(longest, even(MOST_BAR * self.cell[0])) + self.line
        return row

    def _starts(self, width: int) -> dict[str, int]:
        """Return where the parts of a row begin, and the whole row ends, centred in the frame."""
        row = self._row(width)
        left = even((width - sum(row.values())) / 2 - 0.5)
        return dict(zip([*row, "end"], accumulate(row.values(), initial=left), strict=True))

    def _band(self, width: int) -> tuple[int, int]:
        """Return where header and footer begin and end: with the rows, or beyond them."""
        band = max(sum(self._row(width).values()), self.band_needs)
        left = even((width - band) / 2 - 0.5)
        return left, left + band

    def _lane(self, starts: dict[str, int], top: int) -> Lane:
        (width, height), thick, numbers = self.cell, self.outline, self.numbers
        x, end, middle = starts["cells"], starts["end"], top + height // 2
        first, second, third = ((x + place * (width + self.gap), top) for place in range(3))
        longest = (starts["before number"] - starts["bar"] - self.line) // 2
        zero = Box(starts["bar"] + longest, top, self.line, height)
        right = starts["after number"]
        number = middle - sum(numbers.values()) // 2 + numbers["number"]
        bias = number + numbers["under number"] + numbers["bias"]
        heading = middle + cap_height(self.text.heading) // 2
        return Lane(
            cells=(first, second, third),
            bar=BarPlace(zero, longest, even(0.19 * height), sideways=True),
            outline=Box(x - thick, top - thick, end - x + thick, height + 2 * thick),
            heading=Spot(starts["before cells"], heading, "right"),
            number=Spot(right, number, "right"),
            bias=Spot(right, bias, "right"),
        )
