"""Layouts in rows: a row a class, image, weights, product and bar side by side."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from mnistviz.drawing.geometry import CAP_HEIGHT, Box, Spot, cap_height, ceil_even
from mnistviz.drawing.raster import text_width
from mnistviz.frame.places import BarPlace, Lane, Layout, TextSizes, middle_baseline
from mnistviz.frame.plan import EXTRAS, ROWS_OF_CELLS, Plan

INSET = 0.16  # of a bar in its row, of a cell's height
WIDEST_HEADING = 240  # pixels at scale 1
MOST_BAR = 4  # the most room for bars, in cells


@dataclass(frozen=True)
class Rows(Plan):
    """A plan with a row for each class."""

    @property
    def decimals(self) -> int:
        """Decimals of the probabilities: 1, or 0 where all else is left out already."""
        return int(self.left_out < len(EXTRAS))

    @cached_property
    def sizes(self) -> TextSizes:
        """Text sizes, limited by the height of a row and the width of a cell."""
        full, high = self.full, self.cell[1] - 4
        room = self.cell[0] + self.gap - self.space(8)
        label = min(full.label, *(int(room / self.words.width(it)) for it in self._over_cells))
        two = high / (CAP_HEIGHT * (full.percent + full.bias) + self._over_bias)
        both = min(1.0, two) if self.has("bias") else min(1.0, high / full.percent)
        return replace(
            full,
            symbol=min(full.symbol, max(self.least, self.cell[0])),
            label=label if self.has("words of the rows") else full.label,
            heading=self.headings(self._heading_room, min(full.heading, high))[0],
            number=min(full.number, high),
            percent=int(both * full.percent),
            bias=int(both * full.bias) if self.has("bias") else full.bias,
        )

    @property
    def labels_fit(self) -> bool:
        """Whether no label meets the next."""
        return text_width("×", False) * self.sizes.symbol <= self.cell[0]

    @property
    def _over_bias(self) -> int:
        """Height between a probability and the bias beneath it."""
        return max(self.space(10), ceil_even(0.3 * self.full.percent))

    @property
    def _over_cells(self) -> list[str]:
        return [word for _, word in self.words.rows[:ROWS_OF_CELLS]]

    @property
    def _link(self) -> str:
        """What stands above the probabilities."""
        return self.words.rows[-1][1] if self.words.link else ""

    @cached_property
    def _heading_room(self) -> int:
        """Width for a heading: as much as the longest needs, within reason."""
        longest = max(self.words.width(name, True) for name in self.words.classes)
        needed = ceil_even(self.full.heading * (longest + 0.5))
        return min(needed, max(self.space(WIDEST_HEADING), 2 * self.full.heading))

    @cached_property
    def _number(self) -> int:
        """Width of a number and the space around it."""
        return ceil_even(self.sizes.number * self.widest[0]) + self.space(14)

    @cached_property
    def row(self) -> dict[str, int]:
        """Widths of a row's parts from left to right; the bar takes what is left as well."""
        text, (_, percent, bias) = self.sizes, self.widest
        link = bool(self.words.link)
        last = max(text.percent * percent * link, text.bias * bias * self.has("bias"))
        words = self.wide(self._link, text.label) * self.has("words of the rows")
        return {
            "heading": self._heading_room,
            "before cells": self.space(8) + self.outline,
            "cells": ROWS_OF_CELLS * (self.cell[0] + self.gap) - self.gap,
            "before bar": self.space(16),
            "bar": self.least_bars(self.cell[0], self._number),
            "before percent": self.space(10),
            "percent": ceil_even(max(last, words)),
            "after percent": self.space(10) + self.outline,
        }

    @property
    def grid_width(self) -> int:
        """Width of a row."""
        return sum(self.row.values())

    @cached_property
    def grid_height(self) -> int:
        """Least height of all rows and the labels above them."""
        rows = len(self.words.classes) * (self.cell[1] + self.gap) - self.gap
        return self._labels_height + rows + 2 * self.outline

    @cached_property
    def _labels_height(self) -> int:
        return self.label_height + self.space(16) + self.outline

    @cached_property
    def _starts(self) -> dict[str, int]:
        """Where the parts of a row begin, and the whole row ends, centred in the frame."""
        room = self.size[0] - 2 * self.margin - self.grid_width
        most = max(self.row["bar"], MOST_BAR * self.cell[0])
        row = self.row | {"bar": min(self.row["bar"] + room, most) // 2 * 2}
        left = (self.size[0] - sum(row.values())) // 4 * 2
        return dict(zip([*row, "end"], accumulate(row.values(), initial=left), strict=True))

    @property
    def band(self) -> tuple[int, int]:
        """Left and right edge of the rows."""
        return self._starts["heading"], self._starts["end"]

    def place(self) -> Layout:
        """Return the layout."""
        (top, bottom), count = self.body, len(self.words.classes)
        spare = bottom - top - self.grid_height
        apart = min(spare // count, self.cell[1] // 4) // 2 * 2
        top += (spare - apart * (count - 1)) // 4 * 2 + self._labels_height
        pitch = self.cell[1] + self.gap + apart
        lanes = tuple(self._lane(top + place * pitch) for place in range(count))
        starts, cells = self._starts, lanes[0].cells
        middles = [x + self.cell[0] / 2 for x, _ in cells]
        middles.append((starts["bar"] + starts["before percent"]) / 2)
        if self.words.link:
            percent = self.wide(self._link, self.sizes.label)
            middles.append(starts["after percent"] - percent / 2)
        y = top - self._labels_height + self.label_height / 2
        left, bottom = starts["heading"], lanes[-1].outline.y + lanes[-1].outline.height
        above = top - self._labels_height
        return self.layout(
            headings=self.headings(self._heading_room, self.full.heading)[1],
            grid=Box(left, above, starts["end"] - left, bottom - above),
            lanes=lanes,
            labels=(self.labels([(x, y) for x in middles]),),
            bias_labels=(),
        )

    def _lane(self, top: int) -> Lane:
        """Return the row whose cells begin so far down."""
        (width, height), thick, starts = self.cell, self.outline, self._starts
        x, right, middle, text = (
            starts["cells"],
            starts["after percent"],
            top + height / 2,
            self.sizes,
        )
        first, second, third = ((x + place * (width + self.gap), top) for place in range(3))
        room = Box(starts["bar"], top, starts["before percent"] - starts["bar"], height)
        inset = -(-int(INSET * height) // 2) * 2
        percent, bias = middle_baseline(middle, text.percent), None
        if self.has("bias") and not self.words.link:
            bias = Spot(right, middle_baseline(middle, text.bias), "right")
        elif self.has("bias"):
            small, apart = cap_height(text.bias), self._over_bias
            both = cap_height(text.percent) + apart + small
            percent = round(middle - both / 2) + cap_height(text.percent)
            bias = Spot(right, percent + apart + small, "right")
        return Lane(
            cells=(first, second, third),
            bar=BarPlace(room, self._number, self.line, inset, sideways=True),
            outline=Box(x - thick, top - thick, starts["end"] - x + thick, height + 2 * thick),
            heading=Spot(starts["before cells"], middle_baseline(middle, text.heading), "right"),
            percent=Spot(right, percent, "right") if self.words.link else None,
            bias=bias,
        )
