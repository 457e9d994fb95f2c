"""Where everything stands in a frame, in whole screen pixels from the top left corner.

Every image pixel is k×k screen pixels, k a whole number; cells, bars and lines start and end at
even coordinates, so that 4:2:0 video, which halves the resolution of colour, loses nothing at
their edges.
"""

from dataclasses import dataclass

from mnistviz.drawing.geometry import Box, Spot
from mnistviz.drawing.scene import Text
from mnistviz.drawing.theme import Colour

Sizes = tuple[tuple[int, int], ...]

# In the order of the fields of TextSizes: the size at scale 1, and the least that is legible.
FULL_AND_LEAST: Sizes = (
    *((46, 14), (32, 11), (36, 12), (38, 14), (40, 12), (22, 8)),
    *((26, 10), (16, 8), (19, 9)),
)


@dataclass(frozen=True)
class TextSizes:
    """Sizes of the texts, in pixels."""

    banner: int
    position: int
    title: int
    heading: int
    symbol: int
    label: int
    number: int
    bias: int
    footer: int

    @classmethod
    def at(cls, scale: float, sizes: Sizes = FULL_AND_LEAST) -> "TextSizes":
        """Return the sizes at a scale."""
        return cls(*(max(least, round(scale * full)) for full, least in sizes))


@dataclass(frozen=True)
class Widest:
    """The widest text that can come to each place, so that all fit and none moves another.

    The footer has two parts: what the model is, and how good. The banner is the film's title; none
    if it is empty.
    """

    classes: tuple[str, ...]
    symbols: tuple[str, ...]
    labels: tuple[str, ...]
    position: str
    true: str
    predicted: str
    mark: str
    percent: str
    tally: str
    number: str
    bias: str
    footer: tuple[str, str]
    banner: str = ""


@dataclass(frozen=True)
class BarPlace:
    """Where a bar stands: on a line across its foot, up and down, or sideways.

    Attributes
    ----------
    zero
        The line at its foot.
    longest
        Length of the longest bar to either side of that line.
    inset
        How much further the line reaches than the bar, to both sides.
    sideways
        Whether the bar grows to the right, and back to the left, of an upright line.
    """

    zero: Box
    longest: int
    inset: int
    sideways: bool = False

    def box(self, length: int) -> Box:
        """Return the bar of a length, which is below zero for one that grows backwards."""
        x, y, width, height = self.zero
        if self.sideways:
            start = x + width if length > 0 else x + length
            return Box(start, y + self.inset, abs(length), height - 2 * self.inset)
        start = y - length if length > 0 else y + height
        return Box(x + self.inset, start, width - 2 * self.inset, abs(length))

    @property
    def from_end(self) -> "BarPlace":
        """The same room for bars that are never below zero: its line is where they begin."""
        x, y, width, height = self.zero
        moved = self.longest * (-1 if self.sideways else 1)
        zero = Box(x + moved * self.sideways, y + moved * (not self.sideways), width, height)
        return BarPlace(zero, 2 * self.longest, self.inset, self.sideways)


@dataclass(frozen=True)
class Lane:
    """The places of one class: a column, or a row of a turned layout.

    Attributes
    ----------
    cells
        Top left corners of image, weights and product.
    bar
        Place of the bar.
    outline
        Outer edge of the outline around all of them.
    heading, number, bias
        Places of the class's name, of the number of its bar and of the small one beneath.
    """

    cells: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
    bar: BarPlace
    outline: Box
    heading: Spot
    number: Spot
    bias: Spot


@dataclass(frozen=True)
class HeaderPlaces:
    """Places of the parts of the header."""

    position: Spot
    true_swatch: Box
    true: Spot
    predicted_swatch: Box
    predicted: Spot
    mark: Spot
    percent: Spot
    tally: Spot


@dataclass(frozen=True)
class Legend:
    """Places of the ramp of greys, and of the words before and behind it."""

    ramp: Box
    against: Spot
    favour: Spot


@dataclass(frozen=True)
class BaseLayout:
    """What the layouts of a film of images and of a training film have in common.

    Attributes
    ----------
    size
        Width and height of the frame.
    k
        Screen pixels along the side of an image pixel.
    cell
        Width and height of a cell.
    line
        Thickness of thin lines.
    text
        Text sizes.
    headings
        Names of the classes as they are drawn.
    legend
        Places of the legend.
    """

    size: tuple[int, int]
    k: int
    cell: tuple[int, int]
    line: int
    text: TextSizes
    headings: tuple[str, ...]
    legend: Legend


@dataclass(frozen=True)
class Layout(BaseLayout):
    """The places of a frame that shows one image.

    Attributes
    ----------
    outline
        Thickness of the outline around a class.
    lanes
        Places of each class.
    symbols, labels
        Places of the symbol and the word of image, weights, product and bar.
    header, footer
        Places in these lines; the footer's are one, or two if its parts stand on two lines.
    name_room
        Width for the name of an own picture, up to what is predicted.
    progress
        Place of the whole progress bar.
    banner
        Place of the film's title; None if it has none.
    """

    outline: int
    lanes: tuple[Lane, ...]
    symbols: tuple[Spot, ...]
    labels: tuple[Spot, ...]
    header: HeaderPlaces
    footer: tuple[Spot, ...]
    name_room: int
    progress: Box
    banner: Spot | None = None


def text_at(
    layout: BaseLayout, spot: Spot, kind: str, text: str, colour: Colour, bold: bool = False
) -> Text:
    """Return a text in a place of a layout, in the size of its kind, a field of `TextSizes`."""
    size = getattr(layout.text, kind)
    return Text(spot.x, spot.baseline, text, size, colour, bold, spot.align)
