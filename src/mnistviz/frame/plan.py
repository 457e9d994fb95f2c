"""Plans: a size of cells and texts to try for a frame, and whether everything has room."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import ClassVar

from mnistviz.drawing.geometry import CAP_HEIGHT, Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.text import headings_for, line_width, width_of
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.mirrored import mirrored
from mnistviz.frame.places import (
    FULL_SIDE,
    HeaderPlaces,
    Label,
    Layout,
    Legend,
    TextSizes,
    least_text,
    space_at,
)
from mnistviz.language.typefaces import Fonts

LEAST_MERIT = 0.5  # of the least text
LEAST_SPACE = 0.4  # scale of spaces, however small the text
DESCENDER = 0.26  # of letters such as p, in text sizes
ROWS_OF_CELLS = 3  # image, weights, product
EXTRAS = ("footer", "bias", "legend", "words of the rows")  # left out, in this order
HEADING_SPACE = 0.4  # between headings, in text sizes
SMALLER_TITLE = 0.75  # of its full size; before it shrinks further, the header takes two lines
LEAST_BAR, GROWN_BAR = 0.7, 2.7  # least room for bars, in cells; and if text is larger than usual


@dataclass(frozen=True)
class Plan(ABC):
    """A plan for the frames of a film.

    Header, footer and what is between them are planned here; how the classes share the latter, in
    columns or in rows, is planned by what is derived from this class.

    Attributes
    ----------
    size
        Width and height of the frame.
    k
        Screen pixels along the side of an image pixel.
    scale
        Of texts and spaces: 1 is usual for this size of frame.
    left_out
        How many of the `EXTRAS` there is no room for.
    image_size
        Height and width of the images in pixels.
    words
        What the frames say.
    extras
        The `EXTRAS`, in the order in which they are left out.
    """

    size: tuple[int, int]
    k: int
    scale: float
    left_out: int
    image_size: tuple[int, int]
    words: FrameWords
    extras: ClassVar[tuple[str, ...]] = EXTRAS

    @property
    @abstractmethod
    def grid_width(self) -> int:
        """Width of all lanes, with the labels beside them."""

    @property
    @abstractmethod
    def grid_height(self) -> int:
        """Least height of all lanes, with what is above them."""

    @property
    @abstractmethod
    def labels_fit(self) -> bool:
        """Whether no label of a row meets the next."""

    @property
    @abstractmethod
    def sizes(self) -> TextSizes:
        """Text sizes, limited by what the lanes have room for; the title has its full size."""

    @property
    @abstractmethod
    def band(self) -> tuple[int, int]:
        """Left and right edge of the lanes, with which header and footer line up if they fit."""

    @abstractmethod
    def place(self) -> Layout:
        """Return the layout, if this plan fits."""

    def has(self, extra: str) -> bool:
        """Whether one of the extras is there."""
        return self.extras.index(extra) >= self.left_out

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan, even and never less than 4 pixels."""
        return space_at(max(LEAST_SPACE, self.scale) * min(self.size) / FULL_SIDE, pixels)

    @property
    def merit(self) -> float:
        """What makes one plan better than another: large cells, and nothing left out or small."""
        text = min(1.0, self.scale) ** 0.3 if self.scale else LEAST_MERIT
        return float(self.k * 0.95**self.left_out * text)

    def fits(self) -> bool:
        """Whether everything has room."""
        width = self.size[0] - 2 * self.margin
        return (
            self.grid_width <= width
            and min(vars(self.text).values()) >= self.least
            and self._header_width <= width
            and self.labels_fit
            and self.grid_height <= self.body[1] - self.body[0]
        )

    @property
    def least(self) -> int:
        """The smallest text: as usual for this size of frame, or as small as anyone reads."""
        return least_text(self.size) if self.scale else least_text(self.size, crowded=True)

    @cached_property
    def full(self) -> TextSizes:
        """Text sizes at this scale, whatever has room for them."""
        return TextSizes().at(self.scale * min(self.size) / FULL_SIDE, self.least)

    @cached_property
    def text(self) -> TextSizes:
        """Text sizes; the title is smaller where the header needs it."""
        room = self.size[0] - 2 * self.margin
        beside = self._side_height / CAP_HEIGHT
        usual = TextSizes.title * min(self.size) / FULL_SIDE
        title = max(self.full.title, int(min(beside, usual)))  # no higher than what is beside it
        aside = int((room - self._side_width - self.space(30)) / self._verdict_width)
        if aside < SMALLER_TITLE * title:
            aside = int(room / self._verdict_width)
        return replace(self.sizes, title=min(title, aside))

    @property
    def margin(self) -> int:
        """Least space to the left and right of everything."""
        return self.space(16)

    @cached_property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell."""
        return self.k * self.image_size[1], self.k * self.image_size[0]

    @property
    def gap(self) -> int:
        """Space between cells."""
        return max(4, even(self.cell[0] / 21))

    @property
    def outline(self) -> int:
        """Thickness of a class's outline: two of them share a gap."""
        return max(2, min(6, self.gap // 4 * 2))

    @property
    def line(self) -> int:
        """Thickness of thin lines."""
        return max(2, even(min(self.size) / 540))

    @property
    def decimals(self) -> int:
        """Decimals of the probabilities: 1, or 0 where that is too wide."""
        return 1

    @property
    def widest(self) -> tuple[float, float, float]:
        """Widths of the widest number, probability and bias, in text sizes."""
        number, bias = self.words.widest_numbers
        return (
            self.words.width(number, True),
            self.words.width(self.words.language.probability(1, self.decimals), True),
            self.words.width(bias),
        )

    def least_bars(self, side: int, number: int) -> int:
        """Return the least room for bars, given a cell's side and the length of a number."""
        share = LEAST_BAR if self.scale <= 1 else GROWN_BAR
        return max(even(share * side), 2 * number + self.line)

    def headings(
        self, room: int, size: int, two_lines: bool = False
    ) -> tuple[int, tuple[str, ...]]:
        """Return size and texts of the headings in a room of so many pixels each."""
        most = room / self.least - HEADING_SPACE
        names = headings_for(self.words.classes, most, two_lines, self.fonts)
        longest = max(line_width(name, self.fonts) for name in names)
        fitting = int(room / (longest + HEADING_SPACE))
        return max(self.least, min(size, fitting)), names

    # --- header

    @cached_property
    def _verdict_width(self) -> float:
        """Width of the verdict in title sizes."""
        return self.words.widest_verdict

    @property
    def verdict_width(self) -> int:
        """Width of the verdict."""
        return ceil_even(self.text.title * self._verdict_width)

    @cached_property
    def _side_width(self) -> int:
        """Width of position and tally, one above the other."""
        return max(self.wide(text, self.full.position) for text in self.words.widest_side)

    @cached_property
    def _is_one_line(self) -> bool:
        room = self.size[0] - 2 * self.margin
        return self.verdict_width + self.space(30) + self._side_width <= room

    @property
    def _header_width(self) -> int:
        """Least width of the header, in one line or in two."""
        if self._is_one_line:
            return self.verdict_width + self.space(30) + self._side_width
        position, *tallies = (self.wide(it, self.text.position) for it in self.words.widest_side)
        return max(self.verdict_width, position + self.space(8) + max(tallies))

    @property
    def _side_height(self) -> int:
        """Height of position and tally, one above the other."""
        size = self.full.position
        return 2 * cap_height(size) + max(self.space(14), ceil_even(0.3 * size))

    @property
    def _between_lines(self) -> int:
        """Height between the two lines of a header, for the descenders of the first."""
        return max(self.space(22), ceil_even(0.32 * self.text.title))

    @cached_property
    def _header(self) -> dict[str, int]:
        """Heights of the header, from the top of the frame."""
        text, space = self.text, self.space
        small = cap_height(text.position)
        title = cap_height(text.title)
        lines = (
            {"title": max(title, self._side_height)}
            if self._is_one_line
            else {"title": title, "between": self._between_lines, "position": small}
        )
        free = (lines["title"] - title) / 2 if self._is_one_line else text.title
        banner = cap_height(text.banner) if self.words.title else 0
        return {
            "top": space(28),
            "banner": banner,
            "under banner": space(26) if banner else 0,
            **lines,
            "under header": max(space(24), ceil_even(DESCENDER * text.title - free)),
        }

    @cached_property
    def _footer(self) -> dict[str, int]:
        """Heights of the footer, to the bottom of the frame."""
        space = self.space
        there = self.has("footer") or self.has("legend")
        return {
            "over footer": space(18) if there else space(8),
            "footer": cap_height(self.text.footer) if there else 0,
            "under footer": space(14) if there else 0,
            "progress": max(2, even(4 * min(self.size) / FULL_SIDE)),
            "bottom": space(12),
        }

    @cached_property
    def body(self) -> tuple[int, int]:
        """Where header ends and footer begins."""
        head, foot = ceil_even(sum(self._header.values())), sum(self._footer.values())
        return head, (self.size[1] - foot) // 2 * 2

    def _band(self) -> tuple[int, int]:
        """Return where header and footer begin and end: with the lanes, or with the frame."""
        left, right = self.band
        if self._header_width <= right - left:
            return left, right
        return even(self.margin), self.size[0] - even(self.margin)

    def layout(self, **lanes: object) -> Layout:
        """Return the layout with lanes that have been placed."""
        (left, right), text = self._band(), self.text
        ends = dict(zip(self._header, accumulate(self._header.values()), strict=True))
        title = ends["title"]
        if self._is_one_line:
            small = cap_height(text.position)
            tops = title - self._header["title"]
            verdict = tops + (self._header["title"] + cap_height(text.title)) // 2
            header = HeaderPlaces(
                Spot(left, verdict), Spot(right, tops + small, "right"), Spot(right, title, "right")
            )
            name_room = right - left - self.verdict_width - self.space(30)
        else:
            position = ends["position"]
            header = HeaderPlaces(
                Spot(left, title), Spot(left, position), Spot(right, position, "right")
            )
            name_room = right - left
        bottom = self.size[1] - self._footer["bottom"] - self._footer["progress"]
        baseline = bottom - self._footer["under footer"]
        begins = self._footer_begins(right - left)
        legend = None
        if self.has("legend"):
            legend = Legend.ending(
                right, baseline, text.footer, self._legend_words, self.fonts, self.size[0]
            )
        layout = Layout(
            size=self.size,
            k=self.k,
            cell=self.cell,
            line=self.line,
            text=text,
            legend=legend,
            outline=self.outline,
            decimals=self.decimals,
            header=header,
            footer=Spot(left, baseline) if begins is not None else None,
            footer_begins=begins or 0,
            name_room=name_room,
            progress=Box(left, bottom // 2 * 2, right - left, self._footer["progress"]),
            banner=Spot(left, ends["banner"]) if self.words.title else None,
            **lanes,  # type: ignore[arg-type]
        )
        return mirrored(layout) if self.fonts.right_to_left else layout

    @property
    def fonts(self) -> Fonts:
        """What the texts are written in."""
        return self.words.fonts

    def wide(self, text: str, size: int) -> int:
        """Return the width of a text in pixels, rounded up."""
        return width_of(text, size, fonts=self.fonts)

    @property
    def _legend_words(self) -> tuple[str, str]:
        return words.legend(self.words.language)

    def _footer_begins(self, room: int) -> int | None:
        """Return the first part of the footer that is there: what the model is, or how good."""
        size = self.text.footer
        if self.has("legend"):
            room -= Legend.width(size, self._legend_words, self.fonts) + self.space(30)
        texts = [self.words.footer_from(part) for part in range(2) if self.has("footer")]
        fitting = (part for part, text in enumerate(texts) if self.wide(text, size) <= room)
        return next(fitting, None)

    @property
    def label_height(self) -> int:
        """Height of a symbol and the word beneath it."""
        symbol, label = self.sizes.symbol, self.sizes.label
        if not self.has("words of the rows"):
            return cap_height(symbol)
        return cap_height(symbol) + ceil_even(0.3 * symbol) + cap_height(label)

    def labels(self, middles: Sequence[tuple[float, float]]) -> tuple[Label, ...]:
        """Return the labels of the parts of a lane, in the middles of their places."""
        return tuple(
            self._label(symbol, word, *middle)
            for (symbol, word), middle in zip(self.words.rows, middles, strict=True)
        )

    def _label(self, symbol: str, word: str, x: float, y: float) -> Label:
        text, word = self.text, word if self.has("words of the rows") else ""
        high = cap_height(text.symbol) if symbol else 0
        both = high + (self.label_height - high if symbol and word else 0)
        top = y - (both if symbol else cap_height(text.label)) / 2
        below = round(top + both) if symbol else round(y + cap_height(text.label) / 2)
        return Label(
            symbol,
            word,
            Spot(round(x), round(top + high), "center"),
            Spot(round(x), below, "center"),
        )
