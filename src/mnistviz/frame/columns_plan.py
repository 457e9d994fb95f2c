"""A try at an upright layout: one column a class; image, weights, product and bar under another."""

from dataclasses import dataclass
from functools import cached_property

from mnistviz.drawing.geometry import cap_height, ceil_even, even
from mnistviz.frame.places import TextSizes
from mnistviz.frame.plan import LEAST_BAR, ROWS_OF_CELLS, Plan

FULL_HEIGHT = 1080
BEYOND = 0.85  # how much less text counts that lines up with no column


@dataclass(frozen=True)
class UprightPlan(Plan):
    """A try at a layout; at scale 1 a frame is 1080 pixels high."""

    @staticmethod
    def full_scale(size: tuple[int, int]) -> float:
        """Return the scale of a frame whose texts have the size that they should."""
        return size[1] / FULL_HEIGHT

    @staticmethod
    def most_k(size: tuple[int, int], image_size: tuple[int, int], classes: int) -> int:
        """Return a k that is too large for so many classes, or just fits."""
        by_width = size[0] // (classes * image_size[1])
        return min(by_width, int(size[1] / ((ROWS_OF_CELLS + 2 * LEAST_BAR) * image_size[0])))

    @property
    def sizes(self) -> TextSizes:
        """Text sizes at this scale."""
        return TextSizes.at(self.scale)

    @property
    def heading_room(self) -> int:
        """Width for a heading and the space beside it: a column's."""
        return self.cell[0] + self.gap

    @cached_property
    def grid_width(self) -> int:
        """Width of all columns and the gaps between them."""
        columns = len(self.widest.classes)
        return columns * self.cell[0] + (columns - 1) * self.gap

    @property
    def width(self) -> int:
        """Width that the frame needs."""
        labels = 2 + self.labels_width + self.space(8)
        return labels + self.grid_width + self.outline + 2

    @property
    def band_width(self) -> int:
        """Width of header, footer and progress bar."""
        return self.grid_width

    @cached_property
    def texts_fit(self) -> bool:
        """Whether no text meets its neighbour."""
        cell, text = self.cell[0], self.text
        return (
            self.measure(self.widest.number, text.number, bold=True) <= cell
            and text.symbol + 1.35 * text.label <= self.cell[1] + self.gap  # as `upright` sets them
            and self.measure(self.widest.bias, text.bias) <= cell - 2
            and self.header_needs <= self.band_width
            and self.footer_needs <= self.band_width
        )

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom; the bars take what is left as well."""
        text, space = self.text, self.space
        rows = ROWS_OF_CELLS * self.cell[1] + (ROWS_OF_CELLS - 1) * self.gap
        return {
            "top": space(46),
            **self.banner,
            "title": cap_height(text.title),
            "under title": space(43),
            "heading": cap_height(text.heading),
            "under heading": space(24),
            "rows": rows,
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
    def labels_width(self) -> int:
        """Width of the column of row labels."""
        return max(self.measure(label, self.text.label) for label in self.widest.labels)

    @cached_property
    def header_widths(self) -> tuple[int, int, int]:
        """Widths of the header's three parts: position, group, tally."""
        position = self.measure(self.widest.position, self.text.position)
        tally = self.measure(self.widest.tally, self.text.position)
        return position, sum(self.group.values()), tally

    @cached_property
    def header_needs(self) -> int:
        """Width of the header."""
        return sum(self.header_widths) + 2 * self.space(30)

    @cached_property
    def footer_needs(self) -> int:
        """Width of the footer."""
        footer = self.measure(" · ".join(self.widest.footer), self.text.footer)
        return footer + self.space(30) + sum(self.legend.values())


class WidePlan(UprightPlan):
    """A try whose header and footer may reach beyond the columns."""

    @property
    def merit(self) -> float:
        """As of every Plan; text that lines up with no column counts less."""
        return super().merit * (BEYOND if self.band_width > self.grid_width else 1)

    @property
    def width(self) -> int:
        """Width that the frame needs."""
        return max(super().width, self.band_width + 2 * self.space(30))

    @property
    def band_width(self) -> int:
        """Width of header, footer and progress bar."""
        return max(self.grid_width, ceil_even(self.header_needs), ceil_even(self.footer_needs))
