"""Upright layouts: one column a class; image, weights, product and bar one under another."""

from dataclasses import dataclass
from functools import cached_property

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.text import width_of
from mnistviz.frame.places import BarPlace, HeaderPlaces, Lane, Layout, TextSizes
from mnistviz.frame.plan import LEAST_BAR, ROWS_OF_CELLS, Plan, share_out

BEYOND = 0.85  # how much less text counts that lines up with no column
MOST_BAR = 2  # the longest bar's greatest height, in cells


@dataclass(frozen=True)
class UprightPlan(Plan):
    """A plan whose header and footer are as wide as the columns."""

    axis = 1

    @property
    def _sizes(self) -> TextSizes:
        return TextSizes.at(self.scale)

    @property
    def heading_room(self) -> int:
        """Width for a heading and the space next to it: a column's."""
        return self.cell[0] + self.gap

    @property
    def width(self) -> int:
        """Width that the frame needs."""
        labels = 2 + self._labels_width + self.space(8)
        return labels + self.grid_width + self.outline + 2

    @cached_property
    def grid_width(self) -> int:
        """Width of all columns and the gaps between them."""
        return len(self.names) * (self.cell[0] + self.gap) - self.gap

    @property
    def band_width(self) -> int:
        """Width of header, footer and progress bar."""
        return self.grid_width

    @cached_property
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""
        cell, text = self.cell[0], self.text
        return (
            width_of(self.widest.number, text.number, bold=True) <= cell
            and text.symbol + 1.35 * text.label <= self.cell[1] + self.gap  # as `place` sets them
            and width_of(self.widest.bias, text.bias) <= cell - 2
            and self.header_needs <= self.band_width
            and self.footer_needs <= self.band_width
        )

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom; the bars take what is left as well."""
        text, space = self.text, self.space
        return {
            "top": space(46),
            **self.banner,
            "title": cap_height(text.title),
            "under title": space(43),
            "heading": cap_height(text.heading),
            "under heading": space(24),
            "rows": ROWS_OF_CELLS * (self.cell[1] + self.gap) - self.gap,
            "under rows": self.gap,
            "bars": 2 * even(LEAST_BAR * self.cell[1]) + self.line,
            "under bars": space(20),
            "number": cap_height(text.number),
            "under number": space(16),
            "bias": cap_height(text.bias),
            "under bias": space(15),
            "under columns": space(22),
            "footer": cap_height(text.footer),
            "under footer": space(20),
            "progress": max(2, self.outline),
            "bottom": space(20),
        }

    @cached_property
    def _labels_width(self) -> int:
        return max(width_of(label, self.text.label) for label in self.widest.labels)

    @cached_property
    def header_needs(self) -> int:
        """Width of the header: the image's position, the verdict, and the tally."""
        return sum(self._header_ends) + self.verdict_width + 2 * self.space(30)

    @cached_property
    def footer_needs(self) -> int:
        """Width of the footer."""
        footer = width_of(" · ".join(self.widest.footer), self.text.footer)
        return footer + self.space(30) + self.legend_width

    @cached_property
    def _header_ends(self) -> tuple[int, int]:
        """Widths of the position and of the tally."""
        position = width_of(self.widest.position, self.text.position)
        return position, width_of(self.widest.tally, self.text.position)

    def place(self, size: tuple[int, int]) -> Layout:
        """Return the layout of a frame of this width and height."""
        ends, columns = self._ends(size[1]), self._columns(size[0])
        left, right = self._band(size[0], columns)
        header = self._header(left, right, ends["title"])
        label = columns[0] - self.space(8) - self._labels_width // 2
        rows, text = self._row_middles(ends), self.text
        return Layout(
            size=size,
            k=self.k,
            cell=self.cell,
            line=self.line,
            outline=self.outline,
            text=text,
            lanes=tuple(self._lane(x, ends) for x in columns),
            headings=self.headings,
            symbols=tuple(Spot(label, y - round(0.22 * text.symbol), "center") for y in rows),
            labels=tuple(
                Spot(label, y + round(text.label * (1.1 if symbol else 0.28)), "center")
                for y, symbol in zip(rows, self.widest.symbols, strict=True)
            ),
            header=header,
            footer=(Spot(left, ends["footer"]),),
            legend=self.legend_at(right, ends["footer"]),
            name_room=header.predicted_swatch.x - left - self.verdict["true swatch"],
            progress=Box(left, ends["under footer"], right - left, self.stack["progress"]),
            banner=Spot(left, ends["banner"]) if self.widest.banner else None,
        )

    def _ends(self, height: int) -> dict[str, int]:
        """Return where each part of the stack ends, when it fills the height of the frame."""
        stack = dict(self.stack)
        room = height - self.height + stack["bars"]
        stack["bars"] = min(room, 2 * even(MOST_BAR * self.cell[1]) + self.line)
        return share_out(stack, height, ("top", "under columns", "bottom"))

    def _columns(self, width: int) -> tuple[int, ...]:
        """Return the left edges of the columns, which with their labels are centred."""
        labels, pitch = self._labels_width + self.space(8), self.cell[0] + self.gap
        margin = (width - labels - self.grid_width) / 2
        first = min(ceil_even(margin + labels), width - self.grid_width - self.outline - 2)
        return tuple(first + place * pitch for place in range(len(self.names)))

    def _band(self, width: int, columns: tuple[int, ...]) -> tuple[int, int]:
        """Return where header and footer begin and end: with the columns, or centred beyond."""
        if self.band_width == self.grid_width:
            return columns[0], columns[-1] + self.cell[0]
        left = even((width - self.band_width) / 2)
        return left, left + self.band_width

    def _lane(self, x: int, ends: dict[str, int]) -> Lane:
        (width, height), thick = self.cell, self.outline
        top, centre = ends["under heading"], x + width // 2
        bottom, longest = ends["under bias"], self._longest(ends)
        zero = Box(x, ends["under rows"] + longest, width, self.line)
        first, second, third = ((x, top + row * (height + self.gap)) for row in range(3))
        return Lane(
            cells=(first, second, third),
            bar=BarPlace(zero, longest, even(0.19 * width)),
            outline=Box(x - thick, top - thick, width + 2 * thick, bottom - top + thick),
            heading=Spot(centre, ends["heading"], "center"),
            number=Spot(centre, ends["number"], "center"),
            bias=Spot(centre, ends["bias"], "center"),
        )

    def _longest(self, ends: dict[str, int]) -> int:
        """Return the length of the longest bar."""
        return even((ends["bars"] - ends["under rows"] - self.line) / 2 - 0.5)

    def _row_middles(self, ends: dict[str, int]) -> list[int]:
        """Return how far down the middles of the rows are: three of cells, and the bars' line."""
        pitch, first = self.cell[1] + self.gap, ends["under heading"] + self.cell[1] // 2
        zero = ends["under rows"] + self._longest(ends)
        return [first + row * pitch for row in range(3)] + [zero + self.line // 2]

    def _header(self, left: int, right: int, baseline: int) -> HeaderPlaces:
        """Return the header, whose main part is in the middle if the others leave that free."""
        (position, tally), verdict, gap = self._header_ends, self.verdict_width, self.space(30)
        centred, last = (left + right - verdict) // 2, right - tally - gap - verdict
        start = even(min(max(centred, left + position + gap), last))
        return self.header_at(start, baseline, Spot(left, baseline), Spot(right, baseline, "right"))


class WidePlan(UprightPlan):
    """A plan whose header and footer may reach beyond the columns."""

    @property
    def merit(self) -> float:
        """As of every plan; text that lines up with no column counts less."""
        return super().merit * (BEYOND if self.band_width > self.grid_width else 1)

    @property
    def width(self) -> int:
        """Width that the frame needs."""
        return max(super().width, self.band_width + 2 * self.space(30))

    @property
    def band_width(self) -> int:
        """Width of header, footer and progress bar."""
        return max(self.grid_width, ceil_even(self.header_needs), ceil_even(self.footer_needs))
