"""The row of bars: each class's score, its number, and its probability."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, Spot, cap_height, even
from mnistviz.drawing.scene import Element, Rectangle, Text
from mnistviz.drawing.text import width_of
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words
from mnistviz.frame.frame_words import WIDEST
from mnistviz.frame.moment import Moment
from mnistviz.frame.places import Layout, text_at
from mnistviz.frame.scales import Scales
from mnistviz.language.language import Language

CHEVRON = 6  # pieces of each of its two sides


@dataclass(frozen=True)
class Bars:
    """Composes bars, their numbers, the line at the winner's height and the probabilities.

    Attributes
    ----------
    scales
        The scores of the longest bars.
    layout, theme
        Where they stand, and in which colours.
    language
        Which writes the numbers.
    """

    scales: Scales
    layout: Layout
    theme: Theme
    language: Language

    def static(self, biases: NDArray[np.float32]) -> Iterator[Element]:
        """Yield the zero lines, and the biases (classes,) where there is room for them."""
        at, muted = self.layout, self.theme.muted
        start, _ = self._scale
        for lane, bias in zip(at.lanes, biases, strict=True):
            x, y, width, height = lane.bar.zero(start)
            thick = at.outline  # so that the line goes on from lane to lane
            if lane.bar.sideways:
                yield Rectangle(x, y - thick, width, height + 2 * thick, self.theme.line)
            else:
                yield Rectangle(x - thick, y, width + 2 * thick, height, self.theme.line)
            if lane.bias:
                text = (
                    self.language.signed(bias)
                    if at.bias_labels
                    else words.bias(self.language, bias)
                )
                yield text_at(at, lane.bias, "bias", text, muted)
        for spot in at.bias_labels:
            yield text_at(at, spot, "bias", words.plus_bias(self.language), muted)

    def bars(self, moment: Moment, accents: dict[int, Colour]) -> Iterator[Element]:
        """Yield bars, numbers and probabilities, some of them in a colour that stands out."""
        at, theme = self.layout, self.theme
        for column, logit in enumerate(moment.logits.tolist()):
            accented = column in accents
            colour, ink = (accents[column], theme.ink) if accented else (theme.bar, theme.muted)
            yield from self._bar(column, logit, colour)
            yield self._number(column, logit, ink, accented)
            place = at.lanes[column].percent
            if place is not None and moment.probabilities is not None:
                percent = self.language.probability(
                    float(moment.probabilities[column]), at.decimals
                )
                yield text_at(at, place, "percent", percent, ink, accented)

    def winner(self, moment: Moment, colour: Colour, part: float = 1) -> Iterator[Element]:
        """Yield a dotted line across all lanes where the bar of the image's predicted class ends.

        Or a part of the way to there. It keeps clear of bars and numbers, which in a blend may be
        where it is.
        """
        at, predicted = self.layout, moment.shown.predicted
        height = self._length(part * float(moment.shown.logits[predicted]))
        thick, logits = at.outline, moment.logits.tolist()
        for column, (lane, logit) in enumerate(zip(at.lanes, logits, strict=True)):
            x, y, width, _ = lane.bar.bar(self._scale[0], height)
            across = lane.bar.room
            if lane.bar.sideways:
                line = Box(x + width - thick, across.y, thick, across.height)
            else:
                line = Box(across.x, y, across.width, thick)
            taken = (self._box(column, logit), self._number_box(column, logit))
            if not any(_overlap(line, box) for box in taken):
                yield Rectangle(*line, colour, dash=2 * thick)

    @cached_property
    def _scale(self) -> tuple[int, float]:
        """How far zero is from the start of a bar's room, and the pixels of a unit of score."""
        return self.layout.lanes[0].bar.scale(self.scales.low, self.scales.high)

    def _length(self, logit: float) -> int:
        """Return the length of a bar, below zero for one that grows backwards."""
        return even(self._scale[1] * max(self.scales.low, min(self.scales.high, logit)))

    def _box(self, column: int, logit: float) -> Box:
        return self.layout.lanes[column].bar.bar(self._scale[0], self._length(logit))

    def _bar(self, column: int, logit: float, colour: Colour) -> Iterator[Rectangle]:
        """Yield a bar; if it is longer than its room, with a chevron cut out near its end."""
        box, length = self._box(column, logit), self._length(logit)
        if self.scales.low <= logit <= self.scales.high or abs(length) < 8 * self.layout.outline:
            yield Rectangle(*box, colour)
            return
        for strip in self._cut(box, length, self.layout.lanes[column].bar.sideways):
            yield Rectangle(*strip, colour)

    def _cut(self, box: Box, length: int, sideways: bool) -> Iterator[Box]:
        """Yield the pieces of a bar with a chevron cut out, which points to where it would end."""
        thick, wide = self.layout.outline, box.height if sideways else box.width
        edges = [even(wide * part / (2 * CHEVRON)) for part in range(2 * CHEVRON + 1)]
        for part, (start, end) in enumerate(pairwise(edges)):
            away = int(abs(part + 0.5 - CHEVRON)) * (thick // 2 // 2 * 2 or 2) + thick
            for first, last in ((0, away), (away + thick, abs(length))):
                if end > start and last > first:
                    yield _piece(box, length, sideways, (start, end), (first, last))

    def _number(self, column: int, logit: float, ink: Colour, bold: bool) -> Text:
        """Return a bar's number, which stands across the zero line from it."""
        at, size = self.layout, self.layout.text.number
        place = at.lanes[column].bar
        x, y, width, height = place.zero(self._scale[0])
        if place.sideways:
            pad = (
                place.number
                - width_of(self.language.signed(WIDEST), size, True, self.language.fonts)
            ) // 2
            baseline = y + (height + cap_height(size)) // 2
            right = Spot(x - pad, baseline, "right")
            spot = right if logit >= 0 else Spot(x + width + pad, baseline)
        else:
            pad = (place.number - cap_height(size)) // 2
            baseline = y + height + pad + cap_height(size) if logit >= 0 else y - pad
            spot = Spot(x + width // 2, baseline, "center")
        return text_at(at, spot, "number", self.language.signed(logit), ink, bold)

    def _number_box(self, column: int, logit: float) -> Box:
        """Return the room of a bar's number: all that is next to the zero line, across from it."""
        place = self.layout.lanes[column].bar
        return place.bar(self._scale[0], -place.number if logit >= 0 else place.number)


def _piece(
    box: Box, length: int, sideways: bool, across: Sequence[int], along: Sequence[int]
) -> Box:
    """Return a part of a bar: from where to where across it, and along it from its end."""
    (start, end), (first, last) = across, along
    if sideways:
        x = box.x + box.width - last if length > 0 else box.x + first
        return Box(x, box.y + start, last - first, end - start)
    y = box.y + first if length > 0 else box.y + box.height - last
    return Box(box.x + start, y, end - start, last - first)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
