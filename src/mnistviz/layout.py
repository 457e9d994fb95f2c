"""Where everything stands, in whole screen pixels: what `arrange` finds and `compose` reads.

Every image pixel is k×k screen pixels, k a whole number; cells, bars and lines start and end at
even coordinates, so that 4:2:0 video, which halves the resolution of colour, loses nothing at
their edges.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TextSizes:
    """Sizes of the texts, in pixels."""

    position: int
    title: int
    heading: int
    symbol: int
    label: int
    number: int
    bias: int
    footer: int

    @classmethod
    def at(cls, scale: float) -> "TextSizes":
        """Return the sizes at a scale, where 1 is a frame 1080 pixels high."""
        return cls(*(max(floor, round(scale * full)) for full, floor in FULL_AND_FLOOR))


# In the order of the fields of TextSizes: the size at scale 1, and what is still legible.
FULL_AND_FLOOR = ((32, 11), (36, 12), (38, 14), (40, 12), (22, 8), (26, 10), (16, 8), (19, 9))


@dataclass(frozen=True)
class Widest:
    """The widest text that can come to each place, so that all fit and none moves another."""

    classes: tuple[str, ...]
    labels: tuple[str, ...]
    position: str
    true: str
    predicted: str
    mark: str
    percent: str
    tally: str
    number: str
    bias: str
    footer: str
    legend: tuple[str, str]


@dataclass(frozen=True)
class Header:
    """Where the parts of the header begin, in pixels from the left; the tally ends at its x."""

    position: int
    true_swatch: int
    true: int
    predicted_swatch: int
    predicted: int
    mark: int
    percent: int
    tally: int


@dataclass(frozen=True)
class Layout:
    """The places of one kind of frame, in pixels from the top left corner.

    Attributes
    ----------
    size
        Width and height of the frame.
    k
        Screen pixels along the side of an image pixel.
    cell
        Width and height of a cell.
    gap, line, outline
        Space between cells; thickness of thin lines, and of a column's outline.
    columns, rows
        Left edges of the columns; top edges of the three rows of cells.
    left, right
        Edges of header, footer and progress bar: the columns', or beyond if these are few.
    headings
        Names of the classes as they stand above the columns.
    zero, longest_bar
        Top of the zero line of the bars; height of the longest bar above or below it.
    bar_inset, bar_width
        Offset of a bar in its column, and its width.
    column_bottom
        Lower edge of a column's outline.
    text
        Text sizes.
    label
        Centre of the row labels.
    header
        Places in the header line.
    baseline
        Baselines of the texts, by the names of their sizes.
    swatch
        Side of a header swatch.
    legend, legend_left
        Left edge, top, width and height of the grey ramp; where the word before it ends.
    progress
        Top and height of the progress bar.
    """

    size: tuple[int, int]
    k: int
    cell: tuple[int, int]
    gap: int
    line: int
    outline: int
    columns: tuple[int, ...]
    rows: tuple[int, int, int]
    left: int
    right: int
    headings: tuple[str, ...]
    zero: int
    longest_bar: int
    bar_inset: int
    bar_width: int
    column_bottom: int
    text: TextSizes
    label: int
    header: Header
    baseline: dict[str, int]
    swatch: int
    legend: tuple[int, int, int, int]
    legend_left: int
    progress: tuple[int, int]

    @property
    def name_room(self) -> int:
        """Width for the name of an image of one's own, up to what is predicted."""
        return self.header.predicted_swatch - self.header.position - self.swatch
