"""Layouts of a training film: a grid of weights, and two charts beneath it or at its side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import headings_for, width_of
from mnistviz.frame.places import BaseLayout, Legend, TextSizes, space_at
from mnistviz.frame.words import legend
from mnistviz.language.language import ENGLISH, Language
from mnistviz.training import words
from mnistviz.training.chart import COLUMN, ChartPlace
from mnistviz.training.chart_plan import ChartPlan

SIZES = TextSizes(title=40, heading=28, label=26, number=32, footer=20)  # at scale 1
SMALLER = 0.8  # footer without a legend after it, in sizes of that text
HEADING_SPACE = 0.4  # between headings, in text sizes
FLAT, HIGH = 0.7, 2.0  # a plot's greatest height in widths, beneath the grid and at its side


@dataclass(frozen=True)
class TrainingLayout(BaseLayout):
    """The places of a training film.

    Attributes
    ----------
    cells
        Top left corner of each class's weights.
    names
        Places of the headings above them.
    header, footer
        Places of these lines.
    about
        Place of what is trained, at the end of the header; None where there is no room.
    charts
        Of the accuracy, and of the cross-entropy.
    banner
        Place of the film's title; None if it has none.
    """

    cells: tuple[tuple[int, int], ...]
    names: tuple[Spot, ...]
    header: Spot
    footer: Spot
    about: Spot | None
    charts: tuple[ChartPlace, ChartPlace]
    banner: Spot | None

    @property
    def band_width(self) -> int:
        """Width of header and footer, which are as far from the left edge as from the right."""
        return abs(self.size[0] - 2 * self.header.x)


@dataclass(frozen=True)
class TrainingPlan:
    """A plan for the frames of a training film.

    Attributes
    ----------
    k
        Screen pixels along the side of an image pixel.
    scale
        Of texts and spaces: 1 in a frame of 1080 pixels that has room enough.
    least
        The smallest text.
    image_size
        Height and width of the images in pixels.
    names
        Of the classes, as they can be drawn.
    about, footer
        What is trained, and the line at the bottom.
    parts
        Names of the solid curve and of the dashed one.
    titled
        Whether the film has a title.
    columns
        Cells in a row of the grid.
    aside
        Whether the charts stand at the right of the grid, one over the other; else beneath it.
    language
        Of the texts.
    keyed
        Whether there is a legend at the end of the footer.
    """

    k: int
    scale: float
    least: int
    image_size: tuple[int, int]
    names: tuple[str, ...]
    about: str
    footer: str
    parts: tuple[str, str]
    titled: bool
    columns: int = 1
    aside: bool = False
    language: Language = ENGLISH
    keyed: bool = True

    @property
    def merit(self) -> float:
        """Size of cells and text, as of every plan; a full grid is calmer than one with holes."""
        filled = len(self.names) / (self.rows * self.columns)
        return self.k * self.text.title * filled**2

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes at this scale; headings are smaller where the longest needs it."""
        sizes = SIZES.at(self.scale, self.least)
        longest = max(text_width(name, True, self.language.fonts) for name in self.headings)
        fitting = int(self._heading_room / (longest + HEADING_SPACE))
        return replace(sizes, heading=min(sizes.heading, max(self.least, fitting)))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The names of the classes, shortened where they must be."""
        return headings_for(
            self.names,
            self._heading_room / self.least - HEADING_SPACE,
            fonts=self.language.fonts,
        )

    @property
    def _heading_room(self) -> int:
        """Width for a heading and the space next to it."""
        return self.cell[0] + self._gap

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan."""
        return space_at(self.scale, pixels)

    @cached_property
    def height(self) -> int:
        """Height that the frame needs."""
        return sum(self.stack.values())

    @property
    def _gap(self) -> int:
        return self.space(20)

    @property
    def rows(self) -> int:
        """Rows of the grid."""
        return math.ceil(len(self.names) / self.columns)

    @cached_property
    def row(self) -> int:
        """From the top of a name to the bottom of the cell beneath it."""
        return cap_height(self.text.heading) + self.space(10) + self.cell[1]

    @cached_property
    def grid(self) -> tuple[int, int]:
        """Width and height of the grid, with the names above its cells."""
        width = self.columns * (self.cell[0] + self._gap) - self._gap
        return width, self.rows * (self.row + self.space(22)) - self.space(22)

    @cached_property
    def chart(self) -> ChartPlan:
        """Where everything stands in a chart, and how much room that needs."""
        return ChartPlan(self.text, self.scale, self.parts, self.aside, self.language)

    @cached_property
    def charts(self) -> tuple[int, int]:
        """Least width and height of both charts together."""
        chart, (width, height) = self.chart, self.chart.least_plot
        width += chart.left + chart.right
        height += chart.above + chart.below
        if self.aside:
            return width, 2 * height + self.space(40)
        return 2 * width + self.space(60), height

    @cached_property
    def body(self) -> tuple[int, int]:
        """Least width and height of grid and charts."""
        (wide, high), (charts_wide, charts_high) = self.grid, self.charts
        if self.aside:
            return wide + self.space(60) + charts_wide, max(high, charts_high)
        return max(wide, charts_wide), high + self.space(44) + charts_high

    @cached_property
    def header_width(self) -> int:
        """Width of the header's main part."""
        return width_of(
            words.widest_header(self.language), self.text.title, True, self.language.fonts
        )

    @property
    def _footer_width(self) -> int:
        """Width of the line under the charts, while the model is trained and then."""
        lines = self.footer, words.widest_ending(self.language)
        return max(width_of(line, self.text.footer, fonts=self.language.fonts) for line in lines)

    @cached_property
    def band_width(self) -> int:
        """Least width of header and footer."""
        footer = SMALLER * self._footer_width
        if self.keyed:
            ramp = Legend.width(self.text.footer, legend(self.language), self.language.fonts)
            footer = self._footer_width + self.space(30) + ramp
        return max(self.body[0], ceil_even(self.header_width), ceil_even(footer))

    @cached_property
    def width(self) -> int:
        """Width that the frame needs."""
        return self.band_width + 2 * self.space(40)

    @cached_property
    def stack(self) -> dict[str, int]:
        """Heights of everything from top to bottom."""
        return {
            "top": self.space(42),
            "banner": cap_height(self.text.banner) if self.titled else 0,
            "under banner": self.space(30) if self.titled else 0,
            "header": cap_height(self.text.title),
            "under header": self.space(36),
            "body": self.body[1],
            "under body": self.space(34),
            "footer": cap_height(self.text.footer),
            # The ticks of the legend reach below the line of text.
            "bottom": max(self.space(32), 5 * self.chart.line),
        }

    def place(self, size: tuple[int, int]) -> TrainingLayout:
        """Return the layout of a frame of this width and height, which has the room."""
        plot = self._plot(size)
        wider, higher = (
            now - least for now, least in zip(plot, self.chart.least_plot, strict=True)
        )
        band = self.band_width + (wider if self.aside else 0)
        body = self.body[1] + higher
        if self.aside:
            body = max(self.grid[1], self.charts[1] + 2 * higher)
        left = even((size[0] - band) / 2 - 0.5)
        right, takers = left + band, ("top", "under header", "under body", "bottom")
        ends = share_out(self.stack | {"body": body}, size[1], takers)
        top, header, footer = ends["under header"], ends["header"], ends["footer"]
        cells = self._cells(size[0], left, top, body)
        centre, above = self.cell[0] // 2, self.space(10)
        about = (
            self.header_width
            + self.space(30)
            + width_of(self.about, self.text.label, fonts=self.language.fonts)
        )
        return TrainingLayout(
            size=size,
            k=self.k,
            cell=self.cell,
            line=self.chart.line,
            text=self.text,
            headings=self.headings,
            legend=self._legend(right, footer, size[0]),
            cells=cells,
            names=tuple(Spot(x + centre, y - above, "center") for x, y in cells),
            header=self._directed(Spot(left, header), size[0]),
            footer=self._directed(Spot(left, footer), size[0]),
            about=self._directed(Spot(right, header, "right"), size[0]) if about <= band else None,
            charts=self._charts(plot, Box(left, top, band, body)),
            banner=self._directed(Spot(left, ends["banner"]), size[0]) if self.titled else None,
        )

    def _legend(self, right: int, baseline: int, frame: int) -> Legend | None:
        """Return the legend that ends at `right` of a frame of a width, if there is one."""
        if not self.keyed:
            return None
        text, words = self.text.footer, legend(self.language)
        return Legend.ending(right, baseline, text, words, self.language.fonts, frame)

    def _directed(self, spot: Spot, frame: int) -> Spot:
        """Return a spot on the other side of a frame of a width, where one reads from there."""
        return spot.mirrored(frame) if self.language.fonts.right_to_left else spot

    def _plot(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return width and height of the plots, which take what room is left, within reason."""
        width, height = self.chart.least_plot
        if self.aside:
            spare = min(size[0] - self.width, max(0, self.grid[0] - self.charts[0]))
            width += (spare + self.band_width - self.body[0]) // COLUMN * COLUMN
            high = max(self.grid[1], self.charts[1]) - self.charts[1]
            room = even((high + size[1] - self.height) / 2 - 0.5)
        else:
            width += (self.band_width - self.charts[0]) // 2 // COLUMN * COLUMN
            room = even(size[1] - self.height - 0.5)
        most = even((HIGH if self.aside else FLAT) * width)
        return width, height + min(room, max(0, most - height))

    def _cells(self, width: int, left: int, top: int, body: int) -> tuple[tuple[int, int], ...]:
        """Return the corners of the cells, row by row, in a body of a height."""
        if self.aside:
            top += even((body - self.grid[1]) / 2 - 0.5)
        else:
            left = even((width - self.grid[0]) / 2 - 0.5)
        if self.language.fonts.right_to_left:
            left = width - left - self.grid[0]
        across, down = self.cell[0] + self._gap, self.row + self.space(22)
        first = top + self.row - self.cell[1]
        places = (divmod(place, self.columns) for place in range(len(self.names)))
        return tuple((left + column * across, first + row * down) for row, column in places)

    def _charts(self, plot: tuple[int, int], body: Box) -> tuple[ChartPlace, ChartPlace]:
        """Return the charts: at the right of the body, or left and right at its bottom."""
        chart = self.chart
        right = body.x + body.width - chart.left - plot[0] - chart.right
        bottom = body.y + body.height - chart.above - plot[1] - chart.below
        first, second = right if self.aside else body.x, right
        if self.language.fonts.right_to_left:
            first, second = (body.x + right - x for x in (first, second))
        top = body.y if self.aside else bottom
        return chart.place(plot, first, top), chart.place(plot, second, bottom)


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
