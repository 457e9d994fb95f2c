"""Composes frames: moment + weights + words + layout + theme → Scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Element, Rectangle, Scene
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame.bars import Bars
from mnistviz.frame.cells import Cells, legend
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.header import Header
from mnistviz.frame.moment import Moment, Shown
from mnistviz.frame.places import Layout, text_at
from mnistviz.frame.scales import Scales


@dataclass(frozen=True)
class Composer:
    """Composes the frames of one film.

    Attributes
    ----------
    weights, bias
        (pixels, classes) and (classes,) float32: the network.
    drawn
        (pixels, classes) float32: what is drawn in the row of weights, they or their effects.
    scales
        The values that are drawn white, and as the longest bars.
    words
        What the frames say.
    layout, theme
        Where everything stands, and in which colours.
    still
        Whether there is one picture alone, which has no progress bar.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    drawn: NDArray[np.float32]
    scales: Scales
    words: FrameWords
    layout: Layout
    theme: Theme
    still: bool = False

    @classmethod
    def of(
        cls,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        logits: NDArray[np.float32],
        labels: NDArray[np.int64],
        words: FrameWords,
        layout: Layout,
        theme: Theme,
        still: bool = False,
        drawn: NDArray[np.float32] | None = None,
    ) -> "Composer":
        """Return the composer of a network with these logits (n, classes) of the test split."""
        accuracy = float((logits.argmax(axis=1) == labels).mean())
        drawn = weights if drawn is None else drawn
        scales = Scales.of(drawn, logits)
        words = replace(words, accuracy=accuracy)
        return cls(weights, bias, drawn, scales, words, layout, theme, still)

    def scene(self, moment: Moment) -> Scene:
        """Return what the frame of a moment contains."""
        accents = self.header.accents(moment.shown)
        winner = accents[moment.shown.predicted]
        changing = (
            *self.cells.images(moment.pixels),
            *self.cells.products(self.contributions(moment)),
            *self.bars.bars(moment, accents),
            *self.bars.winner(moment, winner),
            *self._texts(moment.shown, moment.right, moment.count),
            *self.progress(moment.progress, self.theme.muted),
        )
        return Scene(
            self.layout.size,
            self.theme.background,
            self.static,
            changing,
            self.words.language.fonts,
        )

    @cached_property
    def around(self) -> tuple[Element, ...]:
        """What stands around the grid, whatever is in it."""
        return (
            *legend(self.layout, self.theme, self.words.language),
            *self._footer(),
            *self._banner(),
            *self.progress(1, self.theme.shade),
        )

    def of_lanes(self, moment: Moment, lanes: list[int]) -> tuple[Element, ...]:
        """Return some lanes of a moment, in which nothing is judged, and what is around them."""
        layout = self.layout
        part = replace(
            self,
            weights=self.weights[:, lanes],
            bias=self.bias[lanes],
            drawn=self.drawn[:, lanes],
            layout=replace(
                layout,
                lanes=tuple(layout.lanes[lane] for lane in lanes),
                headings=tuple(layout.headings[lane] for lane in lanes),
            ),
        )
        shares = None if moment.probabilities is None else moment.probabilities[lanes]
        shown = replace(moment, logits=moment.logits[lanes], probabilities=shares)
        return (
            *part.static,
            *part.cells.images(shown.pixels),
            *part.cells.products(part.contributions(shown)),
            *part.bars.bars(shown, {}),
            *part.header.headings(),
        )

    def contributions(self, moment: Moment) -> NDArray[np.float32]:
        """Return what each pixel adds to each logit, (classes, pixels)."""
        return self.weights.T * moment.pixels

    @cached_property
    def cells(self) -> Cells:
        """Composes the three upper rows."""
        return Cells(self.drawn, self.scales, self.layout, self.theme)

    @cached_property
    def bars(self) -> Bars:
        """Composes the row of bars."""
        return Bars(self.scales, self.layout, self.theme, self.words.language)

    @cached_property
    def header(self) -> Header:
        """Composes header, headings and outlines."""
        return Header(self.words, self.layout, self.theme)

    @cached_property
    def _texts(self) -> Callable[[Shown, int, int], tuple[Element, ...]]:
        """What the moments of an image share is composed once."""
        return lru_cache(2)(self._compose_texts)

    def _compose_texts(self, shown: Shown, right: int, count: int) -> tuple[Element, ...]:
        header = self.header
        return (
            *header.outlines(shown),
            *header.headings(shown),
            *header.texts(shown, right, count),
        )

    @cached_property
    def static(self) -> tuple[Element, ...]:
        """The elements that do not change."""
        return (
            *self.cells.frames(),
            *self.cells.weight_cells(),
            *self.bars.static(self.bias),
            *self.row_labels(),
            *self.around,
        )

    def row_labels(self) -> Iterator[Element]:
        """Yield the symbols and words beside the rows."""
        at, theme = self.layout, self.theme
        for labels in at.labels:
            for label in labels:
                if label.symbol:
                    yield text_at(at, label.above, "symbol", label.symbol, theme.ink)
                if label.word:
                    yield text_at(at, label.below, "label", label.word, theme.muted)

    def _footer(self) -> Iterator[Element]:
        at = self.layout
        if at.footer:
            text = self.words.footer_from(at.footer_begins)
            yield text_at(at, at.footer, "footer", text, self.theme.muted)

    def _banner(self) -> Iterator[Element]:
        at, ink = self.layout, self.theme.ink
        if at.banner:
            yield text_at(at, at.banner, "banner", self.words.title, ink, bold=True)

    def progress(self, share: float, colour: Colour) -> Iterator[Element]:
        """Yield the progress bar, so much of it; a still has none."""
        if not self.still:
            x, y, width, height = self.layout.progress
            done = even(share * width)
            if self.words.fonts.right_to_left:
                x += width - done
            yield Rectangle(x, y, done, height, colour)
