"""Where everything stands in a frame, in whole screen pixels from the top left corner.

Every image pixel is k×k screen pixels, k a whole number; cells, bars and lines start and end at
even coordinates, so that 4:2:0 video, which halves the resolution of colour, loses nothing at
their edges.
"""

from dataclasses import dataclass

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.scene import Text
from mnistviz.drawing.text import width_of
from mnistviz.drawing.theme import Colour
from mnistviz.language.typefaces import Fonts

FULL_SIDE = 1080  # the shorter side of a frame in which text has its full size
HIGH = 1.5  # height to width: from here on a frame is for phones, and has a row for each class
LEAST_TEXT = 12  # pixels, of any text at any size
LEAST_TEXT_HD, LEAST_ON_PHONE = 20, 24  # at FULL_SIDE
RAMP = 150  # width of the legend's ramp at scale 1, in pixels


@dataclass(frozen=True)
class TextSizes:
    """Sizes of the texts, in pixels; the defaults are those at scale 1."""

    banner: int = 44
    title: int = 56
    position: int = 28
    heading: int = 40
    symbol: int = 40
    label: int = 28
    number: int = 32
    percent: int = 30
    bias: int = 22
    footer: int = 20

    def at(self, scale: float, least: int) -> "TextSizes":
        """Return the sizes at a scale, none of them below the least."""
        return TextSizes(*(max(least, round(scale * full)) for full in vars(self).values()))


def least_text(size: tuple[int, int], crowded: bool = False) -> int:
    """Return the smallest text that can be read in a frame of this width and height.

    A crowded frame is read as if it were only as large as the 16:9 that fits into it.
    """
    side = min(size[1], size[0] * 9 / 16) if crowded else min(size)
    high = size[1] >= HIGH * size[0]
    return max(LEAST_TEXT, round((LEAST_ON_PHONE if high else LEAST_TEXT_HD) * side / FULL_SIDE))


def space_at(scale: float, pixels: int) -> int:
    """Return a space at a scale, even and never less than 4 pixels."""
    return max(4, even(scale * pixels))


@dataclass(frozen=True)
class BarPlace:
    """Where a class's bar grows from zero: up and down, or sideways to the right and left.

    Attributes
    ----------
    room
        For the longest bars to both sides of zero, and the numbers across from them.
    number
        Length that a number and the space around it take along the bar.
    line
        Thickness of the line at zero.
    inset
        How much further that line reaches than the bar, to both sides.
    sideways
        Whether bars above zero grow to the right; else up.
    """

    room: Box
    number: int
    line: int
    inset: int
    sideways: bool = False

    def scale(self, low: float, high: float) -> tuple[int, float]:
        """Return how far zero is from the room's start, and the pixels of a unit of score.

        The range from `low`, at most 0, to `high`, above 0, fills the room, unless that leaves too
        little for a number on one side of zero.
        """
        whole = (self.room.width if self.sideways else self.room.height) - self.line
        unit = whole / (high - low)
        if -low * unit < self.number:
            unit = (whole - self.number) / high
            below = self.number
        elif high * unit < self.number:
            unit = (whole - self.number) / -low
            below = whole - self.number
        else:
            below = even(-low * unit)
        start = (below if self.sideways else whole - below) // 2 * 2
        before, after = (start, whole - start) if self.sideways else (whole - start, start)
        if even(high * unit) > after or even(-low * unit) > before:  # since zero is even too
            unit = min(after / high, before / -low if low else unit)
        return start, unit

    def zero(self, start: int) -> Box:
        """Return the line at zero, so far from the room's start."""
        x, y, width, height = self.room
        if self.sideways:
            return Box(x + start, y, self.line, height)
        return Box(x, y + start, width, self.line)

    def bar(self, start: int, length: int) -> Box:
        """Return a bar of a length, which is below zero for one that grows backwards."""
        x, y, width, height = self.zero(start)
        if self.sideways:
            left = x + width if length > 0 else x + length
            return Box(left, y + self.inset, abs(length), height - 2 * self.inset)
        top = y - length if length > 0 else y + height
        return Box(x + self.inset, top, width - 2 * self.inset, abs(length))


@dataclass(frozen=True)
class Lane:
    """The places of one class: a column, or a row.

    Attributes
    ----------
    cells
        Top left corners of image, weights and product.
    bar
        Place of the bar and its number.
    outline
        Outer edge of the outline around all of them.
    heading
        Place of the class's name, of its last line if it has two.
    percent
        Place of the probability; None if the model has none.
    bias
        Place of the bias; None where there is no room for it.
    """

    cells: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
    bar: BarPlace
    outline: Box
    heading: Spot
    percent: Spot | None
    bias: Spot | None


@dataclass(frozen=True)
class HeaderPlaces:
    """Places of the verdict, of which image it is, and of the tally."""

    verdict: Spot
    position: Spot
    tally: Spot


@dataclass(frozen=True)
class Legend:
    """Places of the ramp of greys, and of the words before and behind it."""

    ramp: Box
    against: Spot
    favour: Spot

    @classmethod
    def ending(
        cls, right: int, baseline: int, text: int, words: tuple[str, str], fonts: Fonts, frame: int
    ) -> "Legend":
        """Return a legend with its two words in a text size, that ends at `right`.

        From right to left, it begins where that is in a mirrored frame of this width.
        """
        pad, height = max(4, text // 2), even(0.75 * text)
        width = even(RAMP / TextSizes.footer * text)
        if fonts.right_to_left:
            right = frame - right + cls.width(text, words, fonts)
        end = right - width_of(words[1], text, fonts=fonts) - pad
        ramp = Box(even(end - width), even(baseline - height), width, height)
        return cls(ramp, Spot(ramp.x - pad, baseline, "right"), Spot(right, baseline, "right"))

    @staticmethod
    def width(text: int, words: tuple[str, str], fonts: Fonts) -> int:
        """Return the width of a legend with its two words in a text size."""
        both = sum(width_of(word, text, fonts=fonts) for word in words)
        return both + even(RAMP / TextSizes.footer * text) + 2 * max(4, text // 2) + 2


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
        Places of the legend; None where there is no room for it.
    """

    size: tuple[int, int]
    k: int
    cell: tuple[int, int]
    line: int
    text: TextSizes
    headings: tuple[str, ...]
    legend: Legend | None


@dataclass(frozen=True)
class Label:
    """The name of one of the rows: a symbol, or none, a word, or none, and where they stand."""

    symbol: str
    word: str
    above: Spot
    below: Spot


@dataclass(frozen=True)
class Layout(BaseLayout):
    """The places of a frame that shows one image.

    Attributes
    ----------
    outline
        Thickness of the outline around a class.
    decimals
        Of the probabilities.
    grid
        All lanes, with the labels beside them and the names above.
    lanes
        Places of each class.
    labels
        Of each part of a lane: image, weights, product, bar and, if there is one, probability; of
        every band.
    bias_labels
        Places of the word before the biases, one a band; none where they have no row of their own.
    header
        Places in the header.
    footer, footer_begins
        Place of the footer, None where there is no room; and the first of its parts that is there.
    name_room
        Width for the name of an own picture.
    progress
        Place of the whole progress bar.
    banner
        Place of the film's title; None if it has none.
    """

    outline: int
    decimals: int
    grid: Box
    lanes: tuple[Lane, ...]
    labels: tuple[tuple[Label, ...], ...]
    bias_labels: tuple[Spot, ...]
    header: HeaderPlaces
    footer: Spot | None
    footer_begins: int
    name_room: int
    progress: Box
    banner: Spot | None = None


def text_at(
    layout: BaseLayout, spot: Spot, kind: str, text: str, colour: Colour, bold: bool = False
) -> Text:
    """Return a text in a place of a layout, in the size of its kind, a field of `TextSizes`."""
    size = getattr(layout.text, kind)
    return Text(spot.x, spot.baseline, text, size, colour, bold, spot.align)


def line_height(size: int) -> int:
    """Return the height from line to line of a text in two lines."""
    return ceil_even(1.05 * size)


def middle_baseline(middle: float, size: int) -> int:
    """Return the baseline of capitals whose middle is so far down."""
    return round(middle + cap_height(size) / 2)
