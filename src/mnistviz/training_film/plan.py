"""A try at the layout of a training film: these sizes, and how much room they need."""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from mnistviz.drawing.geometry import cap_height, ceil_even, even
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.frame.places import TextSizes
from mnistviz.frame.plan import HEADING_SPACE, LEAST_HEADING
from mnistviz.training_film.layout import COLUMN, TrainingTexts

LEAST_PLOT = (96, 44)  # width and height of a plot in which a curve is seen, in pixels


@dataclass(frozen=True)
class TrainingPlan:
    """A try at a layout: a grid of weights, and two charts beneath or beside it.

    Attributes
    ----------
    k
        Screen pixels along the side of an image pixel.
    columns
        Cells in a row of the grid.
    beside
        Whether the charts stand beside the grid, one over the other; else beneath it.
    scale
        Of texts and spaces; 1 is a frame whose shorter side is 1080 pixels.
    image_size
        Height and width of the images in pixels.
    texts
        The widest text of each place.
    """

    k: int
    columns: int
    beside: bool
    scale: float
    image_size: tuple[int, int]
    texts: TrainingTexts

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes at this scale; headings are smaller where the longest needs it."""
        sizes = TextSizes.at(self.scale)
        longest = max(text_width(name, True) for name in self.texts.classes)
        fitting = int((self.cell[0] + self.gap) / (longest + HEADING_SPACE))
        # Beside a grid of several rows, names as large as the main film's would part it.
        return replace(sizes, heading=min(sizes.label + 2, max(LEAST_HEADING, fitting)))

    @cached_property
    def heading_width(self) -> float:
        """Greatest width of a heading, in text sizes."""
        return (self.cell[0] + self.gap) / self.text.heading - HEADING_SPACE

    @property
    def rows(self) -> int:
        """Rows of the grid."""
        return math.ceil(len(self.texts.classes) / self.columns)

    @property
    def filled(self) -> float:
        """Share of the grid's places that have a cell."""
        return len(self.texts.classes) / (self.rows * self.columns)

    @property
    def gap(self) -> int:
        """Space between the cells of a row."""
        return self.space(20)

    @cached_property
    def row(self) -> int:
        """From the top of a name to the bottom of the cell beneath it."""
        return cap_height(self.text.heading) + self.space(10) + self.cell[1]

    @cached_property
    def grid(self) -> tuple[int, int]:
        """Width and height of the grid, with the names above its cells."""
        width = self.columns * (self.cell[0] + self.gap) - self.gap
        return width, self.rows * (self.row + self.space(22)) - self.space(22)

    @cached_property
    def tick_width(self) -> int:
        """From the left edge of a chart to its plot."""
        return ceil_even(self.measure(self.texts.tick, self.text.footer) + self.space(10))

    @cached_property
    def above_plot(self) -> int:
        """From the top of a chart to its plot."""
        return cap_height(self.text.number) + self.space(18)

    @cached_property
    def below_plot(self) -> int:
        """From a plot to the bottom of its chart."""
        return 2 * (cap_height(self.text.footer) + self.space(11))

    @cached_property
    def plot(self) -> tuple[int, int]:
        """Least width and height of a plot."""
        titles = max(self.measure(title, self.text.label) for title in self.texts.titles)
        number = self.measure(self.texts.number, self.text.number, bold=True)
        words = max(titles + self.space(20) + number - self.tick_width, self._axis)
        width, height = (
            max(least, even(self.scale * full))
            for least, full in zip(LEAST_PLOT, (420, 150), strict=True)
        )
        return COLUMN * math.ceil(max(width, words) / COLUMN), height

    @cached_property
    def charts(self) -> tuple[int, int]:
        """Least width and height of both charts together."""
        width = self.tick_width + self.plot[0]
        height = self.above_plot + self.plot[1] + self.below_plot
        if self.beside:
            return width, 2 * height + self.space(40)
        return 2 * width + self.space(60), height

    @cached_property
    def body(self) -> tuple[int, int]:
        """Width and height of grid and charts."""
        (wide, high), (charts_wide, charts_high) = self.grid, self.charts
        if self.beside:
            return wide + self.space(60) + charts_wide, max(high, charts_high)
        return max(wide, charts_wide), high + self.space(44) + charts_high

    @cached_property
    def band_width(self) -> int:
        """Width of header and footer."""
        text, texts, gap = self.text, self.texts, self.space(30)
        header = self.measure(texts.header, text.title, bold=True)
        footer = self.measure(texts.footer, text.footer) + gap + sum(self.legend.values())
        return max(self.body[0], ceil_even(header), ceil_even(footer))

    def about_in(self, band: int) -> str:
        """Return what is trained, if the header has room for it too."""
        header = self.measure(self.texts.header, self.text.title, bold=True) + self.space(30)
        fits = header + self.measure(self.texts.about, self.text.label) <= band
        return self.texts.about if fits else ""

    @cached_property
    def width(self) -> int:
        """Width that the frame needs."""
        return self.band_width + 2 * self.space(40)

    @cached_property
    def height(self) -> int:
        """Height that the frame needs."""
        return sum(self.stack.values())

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom."""
        return {
            "top": self.space(42),
            "header": cap_height(self.text.title),
            "under header": self.space(36),
            "body": self.body[1],
            "under body": self.space(34),
            "footer": cap_height(self.text.footer),
            "bottom": self.space(32),
        }

    @cached_property
    def legend(self) -> dict[str, int]:
        """Widths of the legend from left to right."""
        against, favour = (self.measure(word, self.text.footer) for word in self.texts.legend)
        ramp, pad = max(64, even(160 * self.scale)), self.space(12)
        return {"against": against, "left": pad, "ramp": ramp, "right": pad, "for": favour}

    @cached_property
    def _axis(self) -> int:
        return self.measure(self.texts.axis, self.text.footer)

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan, even and never less than 4 pixels."""
        return max(4, even(self.scale * pixels))

    def measure(self, text: str, size: int, bold: bool = False) -> int:
        """Return a text's width in whole pixels."""
        return math.ceil(size * text_width(text, bold))
