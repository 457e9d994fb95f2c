"""The row of bars: each class's score, or its probability."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Element, Rectangle
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words as wording
from mnistviz.frame.places import BarPlace, Layout, text_at


@dataclass(frozen=True)
class BarRow:
    """Composes bars, their numbers and what stands beneath in small.

    Attributes
    ----------
    kind
        What the bars tell: 'score' or 'probability'.
    longest
        The score of the longest bar.
    layout, theme
        Where they stand, and in which colours.
    """

    kind: str
    longest: float
    layout: Layout
    theme: Theme

    def stills(self, biases: NDArray[np.float32]) -> Iterator[Element]:
        """Give the zero lines and, under bars of scores, the biases (classes,)."""
        for lane, bar, bias in zip(self.layout.lanes, self._places, biases, strict=True):
            yield Rectangle(*bar.zero, self.theme.line)
            if self._of_score:
                text = wording.bias(bias)
                yield text_at(self.layout, lane.bias, "bias", text, self.theme.muted)

    def bars(self, logits: NDArray[np.float32], accents: dict[int, Colour]) -> Iterator[Element]:
        """Give the bars of logits (classes,), some of them in a colour that stands out."""
        at, theme = self.layout, self.theme
        lanes = zip(at.lanes, self._places, self._numbers(logits), strict=True)
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

    def _numbers(self, logits: NDArray[np.float32]) -> Iterator[tuple[float, str, str]]:
        """Give each bar's share of the longest, its number, and what changes beneath."""
        if self._of_score:
            for logit in logits.tolist():
                # An image of one's own may score higher than any test image.
                share = max(-1, min(1, logit / self.longest))
                yield share, wording.signed(logit), ""
            return
        for share, logit in zip(softmax(logits).tolist(), logits.tolist(), strict=True):
            yield share, wording.percent(share), wording.score(logit)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probabilities of logits (classes,)."""
    odds = np.exp(logits.astype(np.float64) - logits.max())
    shares: NDArray[np.float64] = odds / odds.sum()
    return shares
