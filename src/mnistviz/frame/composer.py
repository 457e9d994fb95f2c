"""Composes frames: moment + weights + words + layout + theme → Scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame.bars import Bars
from mnistviz.frame.cells import Cells, legend
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.header import Header
from mnistviz.frame.moment import Moment, Shown
from mnistviz.frame.places import Layout, text_at
from mnistviz.frame.scales import Scales

WEIGHTS, PRODUCTS, ROWS = 2, 3, 4  # rows shown once that of the weights, products, bars is there
NOT_ADDED = 0.15  # contrast of a product that is not in the sum yet


@dataclass(frozen=True)
class Composer:
    """Composes the frames of one film.

    Attributes
    ----------
    weights, bias
        (pixels, classes) and (classes,) float32: the network.
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
    ) -> "Composer":
        """Return the composer of a network with these logits (n, classes) of the test split."""
        accuracy = float((logits.argmax(axis=1) == labels).mean())
        scales = Scales.of(weights, logits)
        words = replace(words, accuracy=accuracy)
        return cls(weights, bias, scales, words, layout, theme, still)

    def scene(self, moment: Moment) -> Scene:
        """Return what the frame of a moment contains."""
        accents = self._header.accents(moment.shown)
        winner = accents[moment.shown.predicted]
        changing = (
            *self._cells.images(moment.pixels),
            *self._cells.products(self.contributions(moment)),
            *self._bars.bars(moment, accents),
            *self._bars.winner(moment, winner),
            *self._texts(moment.shown, moment.right, moment.count),
            *self._progress(moment.progress, self.theme.muted),
        )
        return Scene(self.layout.size, self.theme.background, self._static[ROWS], changing)

    def opening(
        self, moment: Moment, rows: int, share: float, answered: bool, sentence: Text
    ) -> Scene:
        """Return a scene of an introduction, in which a frame is built up.

        Parameters
        ----------
        moment
            The image that is explained, with the logits that its bars show so far.
        rows
            How many of the rows are there, 1 to 4.
        share
            Share of the pixels, from the top, whose products are in the sums; the others are pale.
        answered
            Whether the frame shows the true and the predicted class.
        sentence
            Takes the place of the header.
        """
        shown, header = moment.shown, self._header
        accents = header.accents(shown) if answered else {}
        contributions = self.contributions(moment)
        contributions[:, round(share * len(moment.pixels)) :] *= NOT_ADDED
        changing = (
            *self._cells.images(moment.pixels),
            *(self._cells.products(contributions) if rows >= PRODUCTS else ()),
            *(self._bars.bars(moment, accents) if rows == ROWS else ()),
            *(self._bars.winner(moment, accents[shown.predicted]) if answered else ()),
            *(header.outlines(shown) if answered else ()),
            *header.headings(shown if answered else None),
            sentence,
        )
        return Scene(self.layout.size, self.theme.background, self._static[rows], changing)

    def contributions(self, moment: Moment) -> NDArray[np.float32]:
        """Return what each pixel adds to each logit, (classes, pixels)."""
        return self.weights.T * moment.pixels

    @cached_property
    def _cells(self) -> Cells:
        return Cells(self.weights, self.scales, self.layout, self.theme)

    @cached_property
    def _bars(self) -> Bars:
        return Bars(self.scales, self.layout, self.theme)

    @cached_property
    def _header(self) -> Header:
        return Header(self.words, self.layout, self.theme)

    @cached_property
    def _texts(self) -> Callable[[Shown, int, int], tuple[Element, ...]]:
        """What the moments of an image share is composed once."""
        return lru_cache(2)(self._compose_texts)

    def _compose_texts(self, shown: Shown, right: int, count: int) -> tuple[Element, ...]:
        header = self._header
        return (
            *header.outlines(shown),
            *header.headings(shown),
            *header.texts(shown, right, count),
        )

    @cached_property
    def _static(self) -> tuple[tuple[Element, ...], ...]:
        """The elements that do not change, by the number of rows that are there."""
        return tuple(
            (
                *self._cells.frames(rows),
                *(self._cells.weight_cells() if rows >= WEIGHTS else ()),
                *(self._bars.static(self.bias) if rows == ROWS else ()),
                *self._row_labels(rows),
                *(legend(self.layout, self.theme) if rows >= WEIGHTS else ()),
                *self._footer(),
                *self._banner(),
                *self._progress(1, self.theme.shade),
            )
            for rows in range(ROWS + 1)
        )

    def _row_labels(self, rows: int) -> Iterator[Element]:
        at, theme = self.layout, self.theme
        for labels in at.labels:
            for label in labels[: rows + (rows == ROWS)]:  # the probabilities come with the bars
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

    def _progress(self, share: float, colour: Colour) -> Iterator[Element]:
        if not self.still:
            x, y, width, height = self.layout.progress
            yield Rectangle(x, y, even(share * width), height, colour)
