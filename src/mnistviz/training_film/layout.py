"""Where everything of the training film stands, in whole screen pixels.

As in `layout`, cells, charts and lines start and end at even coordinates.
"""

from dataclasses import dataclass

from mnistviz.frame.places import Legend, TextSizes


@dataclass(frozen=True)
class TrainingTexts:
    """The widest text that can come to each place, so that all fit and none moves another."""

    classes: tuple[str, ...]
    header: str
    about: str
    titles: tuple[str, str]
    number: str
    tick: str
    axis: str
    footer: str
    legend: tuple[str, str]


@dataclass(frozen=True)
class ChartPlace:
    """Where a chart stands.

    Attributes
    ----------
    left, top, width, height
        Of its plot: the curve is inside. The width is a multiple of `COLUMN`.
    outer
        Left edge of its title and of the numbers beside the plot.
    title
        Baseline of its title and of its number, which ends with the plot.
    ticks, axis
        Baselines of the numbers and of the word under the plot.
    """

    left: int
    top: int
    width: int
    height: int
    outer: int
    title: int
    ticks: int
    axis: int

    @property
    def right(self) -> int:
        """Right edge of the plot."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Bottom edge of the plot."""
        return self.top + self.height


@dataclass(frozen=True)
class TrainingLayout:
    """The places of a training film, in pixels from the top left corner.

    Attributes
    ----------
    size
        Width and height of the frame.
    k
        Screen pixels along the side of an image pixel.
    cell
        Width and height of a cell.
    cells
        Top left corner of each class's weights.
    headings
        Names of the classes as they stand above them, and how far above.
    heading_above
        From the baseline of a name to the top of its cell.
    line
        Thickness of lines and curves.
    text
        Text sizes.
    left, right
        Edges of header and footer.
    about
        What is trained, at the end of the header; empty where there is no room.
    header, footer
        Their baselines.
    charts
        Of the accuracy, and of the cross-entropy.
    legend
        Places of the ramp of greys and its words.
    """

    size: tuple[int, int]
    k: int
    cell: tuple[int, int]
    cells: tuple[tuple[int, int], ...]
    headings: tuple[str, ...]
    heading_above: int
    line: int
    text: TextSizes
    left: int
    right: int
    about: str
    header: int
    footer: int
    charts: tuple[ChartPlace, ChartPlace]
    legend: Legend


COLUMN = 2  # width of the pieces of a curve, in pixels
