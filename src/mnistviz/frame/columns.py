"""Layouts in columns: a column a class, image, weights, product and bar one under another."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from mnistviz.drawing.geometry import CAP_HEIGHT, Box, Spot, cap_height, ceil_even
from mnistviz.frame import words
from mnistviz.frame.places import BarPlace, Label, Lane, Layout, TextSizes, line_height
from mnistviz.frame.plan import ROWS_OF_CELLS, Plan

INSET = 0.08  # of a bar in its column, of a cell's width
MOST_BAR = 3  # the most room for bars, in cells


@dataclass(frozen=True)
class Columns(Plan):
    """A plan in which the columns stand in one band, or in several, one under another.

    Attributes
    ----------
    bands
        Number of bands.
    """

    bands: int = 1

    @property
    def in_a_band(self) -> int:
        """Columns of the first bands; the last may have fewer."""
        return math.ceil(len(self.words.classes) / self.bands)

    @cached_property
    def decimals(self) -> int:
        """Decimals of the probabilities: 1, or 0 where that is too wide."""
        room = (self.cell[0] + self.gap - 4) / self.least
        return int(self.words.width(self.words.language.probability(1), True) <= room)

    @cached_property
    def sizes(self) -> TextSizes:
        """Text sizes, limited by the width of a column."""
        full, width = self.full, self.cell[0] + self.gap - 4
        number, percent, bias = (int(width / widest) for widest in self.widest)
        heading, _ = self._headings
        room = (self.cell[1] - (CAP_HEIGHT + 0.3) * full.label) / (CAP_HEIGHT + 0.35)
        symbol = min(full.symbol, max(self.least, int(room)))
        left = (self.cell[1] - (CAP_HEIGHT + 0.35) * symbol) / (CAP_HEIGHT + 0.3)
        label = min(full.label, max(self.least, int(left)))
        return replace(
            full,
            heading=heading,
            symbol=symbol,
            label=label,
            number=min(full.number, number),
            percent=min(full.percent, percent) if self.words.link else full.percent,
            bias=min(full.bias, bias) if self.has("bias") else full.bias,
        )

    @cached_property
    def _headings(self) -> tuple[int, tuple[str, ...]]:
        """Size and texts of the headings, which may take two lines."""
        return self.headings(self.cell[0] + self.gap, self.full.heading, two_lines=True)

    @property
    def _line(self) -> int:
        """From line to line of a heading."""
        return line_height(self.sizes.heading)

    @property
    def labels_fit(self) -> bool:
        """Whether no label of a row meets the next."""
        return self.label_height + 0.3 * self.sizes.label <= self.cell[1] + self.gap

    @cached_property
    def labels_width(self) -> int:
        """Width of the labels of the rows, and the space after them."""
        with_words = self.has("words of the rows")
        widths = [
            max(
                self.wide(symbol, self.sizes.symbol),
                self.wide(word, self.sizes.label) * with_words,
            )
            for symbol, word in self.words.rows
        ]
        if self.has("bias"):
            widths.append(self.wide(words.plus_bias(self.words.language), self.sizes.bias))
        return max(widths) + self.space(14)

    @property
    def beside(self) -> int:
        """Width of what is to the left of the columns: the labels."""
        return ceil_even(self.labels_width)

    @property
    def _columns_width(self) -> int:
        return self.in_a_band * (self.cell[0] + self.gap) - self.gap

    @cached_property
    def grid_width(self) -> int:
        """Width of the columns and what is beside them."""
        return self.beside + self._columns_width + 2 * self.outline

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything in a band from top to bottom; the bars take what is left too."""
        text, space, gap, (_, names) = self.sizes, self.space, self.gap, self._headings
        bias = {"over bias": space(12), "bias": cap_height(text.bias)} if self.has("bias") else {}
        percent = {"under bars": space(14), "percent": cap_height(text.percent)}
        return {
            "heading": cap_height(text.heading) + self._line * ("\n" in "".join(names)),
            "under heading": space(12) + self.outline,
            "rows": ROWS_OF_CELLS * (self.cell[1] + gap) - gap,
            **bias,
            "over bars": space(14),
            "bars": self.least_bars(self.cell[1], self._number),
            **(percent if self.words.link else {}),
            "under all": space(14) + self.outline,
        }

    @property
    def _number(self) -> int:
        """Height of a number and the space around it."""
        return cap_height(self.sizes.number) + 2 * self.space(10)

    @property
    def _between(self) -> int:
        return self.space(20)

    @cached_property
    def grid_height(self) -> int:
        """Least height of all bands."""
        return self.bands * (sum(self.stack.values()) + self._between) - self._between

    @cached_property
    def _first(self) -> int:
        """Left edge of the first column; labels and columns are centred together."""
        left = (self.size[0] - self.grid_width) // 2 + self.beside
        return left // 2 * 2 + self.outline

    @property
    def band(self) -> tuple[int, int]:
        """Left and right edge of the columns."""
        return self._first, self._first + self._columns_width

    def place(self) -> Layout:
        """Return the layout."""
        top, bottom = self.body
        spare = (bottom - top - self.grid_height) // self.bands
        bars = min(self.stack["bars"] + spare, MOST_BAR * self.cell[1]) // 2 * 2
        stack = self.stack | {"bars": bars}
        high = sum(stack.values())
        rest = bottom - top - self.bands * high - (self.bands - 1) * self._between
        pitch = high + self._between + rest // (self.bands + 1)
        tops = [top + rest // (self.bands + 1) + band * pitch for band in range(self.bands)]
        bands = [
            dict(zip(stack, accumulate(stack.values(), initial=y // 2 * 2), strict=False))
            for y in tops
        ]
        places = [divmod(number, self.in_a_band) for number in range(len(self.words.classes))]
        pitch = self.cell[0] + self.gap
        lanes = (self._lane(self._first + pitch * x, bands[band], stack) for band, x in places)
        _, headings = self._headings
        right = self._first - self.outline - self.space(14)
        left = (self._first - self.outline - ceil_even(self.labels_width)) // 2 * 2
        ends = [band["under all"] + stack["under all"] for band in bands]
        grid = Box(left, bands[0]["heading"], self.band[1] + self.outline - left, 0)
        return self.layout(
            headings=headings,
            grid=grid._replace(height=ceil_even(ends[-1]) - grid.y),
            lanes=tuple(lanes),
            labels=tuple(self._labels(band, stack) for band in bands),
            bias_labels=tuple(
                Spot(right, band["bias"] + stack["bias"], "right")
                for band in bands
                if self.has("bias")
            ),
        )

    def _lane(self, x: int, tops: dict[str, int], stack: dict[str, int]) -> Lane:
        """Return a column, given where each part of its band begins."""
        (width, height), thick = self.cell, self.outline
        top, centre, end = tops["rows"], x + width // 2, tops["under all"]
        first, second, third = ((x, top + row * (height + self.gap)) for row in range(3))
        room = Box(x, -(-tops["bars"] // 2) * 2, width, stack["bars"])
        inset = -(-int(INSET * width) // 2) * 2
        bottom = end + stack["under all"] // 2 // 2 * 2 + thick
        bias, percent = (
            Spot(centre, tops[part] + stack[part], "center") if part in stack else None
            for part in ("bias", "percent")
        )
        return Lane(
            cells=(first, second, third),
            bar=BarPlace(room, self._number, self.line, inset),
            outline=Box(x - thick, top - thick, width + 2 * thick, bottom // 2 * 2 - top + thick),
            heading=Spot(centre, tops["heading"] + stack["heading"], "center"),
            percent=percent,
            bias=bias,
        )

    def _labels(self, tops: dict[str, int], stack: dict[str, int]) -> tuple[Label, ...]:
        """Return the labels of a band, given where each part of it begins."""
        centre = self._first - self.outline - (self.labels_width + self.space(14)) / 2
        pitch, middle = self.cell[1] + self.gap, tops["rows"] + self.cell[1] / 2
        rows = [middle + row * pitch for row in range(ROWS_OF_CELLS)]
        rows += [tops[part] + stack[part] / 2 for part in ("bars", "percent") if part in stack]
        return self.labels([(centre, y) for y in rows])
