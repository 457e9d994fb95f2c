"""The row of bars: each class's score, or its probability."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Element, Rectangle
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words
from mnistviz.frame.moment import Moment
from mnistviz.frame.places import BarPlace, Layout, text_at


@dataclass(frozen=True)
class Bars:
    """Composes bars, their numbers and the small texts beneath.

    Attributes
    ----------
    kind
        What the bars show: 'score' or 'probability'.
    longest
        The score of the longest bar.
    layout, theme
        Where they stand, and in which colours.
    """

    kind: str
    longest: float
    layout: Layout
    theme: Theme

    def static(self, biases: NDArray[np.float32]) -> Iterator[Element]:
        """Yield the zero lines and, under bars of scores, the biases (classes,)."""
        for lane, bar, bias in zip(self.layout.lanes, self._places, biases, strict=True):
            yield Rectangle(*bar.zero, self.theme.line)
            if self._of_score:
                text = words.bias(bias)
                yield text_at(self.layout, lane.bias, "bias", text, self.theme.muted)

    def bars(self, moment: Moment, accents: dict[int, Colour]) -> Iterator[Element]:
        """Yield the bars of a moment, some of them in a colour that stands out."""
        at, theme = self.layout, self.theme
        lanes = zip(at.lanes, self._places, self._numbers(moment), strict=True)
        for column, (lane, bar, (share, number, small)) in enumerate(lanes):
            accented = column in accents
            colour, ink = (accents[column], theme.ink) if accented else (theme.bar, theme.muted)
            yield Rectangle(*bar.box(even(bar.longest * share)), colour)
            yield text_at(at, lane.number, "number", number, ink, accented)
            if small:
                yield text_at(at, lane.bias, "bias", small, theme.muted)

    @property
    def _of_score(self) -> bool:
        return self.kind == "score"

    @cached_property
    def _places(self) -> tuple[BarPlace, ...]:
        places = (lane.bar for lane in self.layout.lanes)
        return tuple(place if self._of_score else place.from_end for place in places)

    def _numbers(self, moment: Moment) -> Iterator[tuple[float, str, str]]:
        """Yield each bar's share of the longest, its number, and the small text beneath."""
        logits, probabilities = moment.logits.tolist(), moment.probabilities.tolist()
        if self._of_score:
            for logit in logits:
                # An own picture may score higher than any test image.
                share = max(-1, min(1, logit / self.longest))
                yield share, words.signed(logit), ""
            return
        for share, logit in zip(probabilities, logits, strict=True):
            yield share, words.percent(share), words.score(logit)
