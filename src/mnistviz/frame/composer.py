"""Decides what a frame contains: Moment + model + scales + layout + theme -> Scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import even
from mnistviz.drawing.scene import Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.film.moments import Moment
from mnistviz.frame import words as wording
from mnistviz.frame.bars import BarRow, softmax
from mnistviz.frame.cells import Cells, legend
from mnistviz.frame.header import Headline, Verdict
from mnistviz.frame.places import Layout, text_at
from mnistviz.frame.scales import Scales
from mnistviz.model.softmax import SoftmaxRegression

WEIGHTS, PRODUCTS, ROWS = 2, 3, 4  # how many rows there are with that of the weights and so on
WAITING = 0.25  # of its contrast: a product that is not in the sum yet


@dataclass(frozen=True)
class Composer:
    """Composes the frames of one film.

    Attributes
    ----------
    model, scales
        What computes the picture, and its scales.
    classes, noun
        Names of the classes as the header shows them, and what one image is called.
    images
        Number of images of the test split.
    footer
        What the model is, and how good.
    layout, theme
        Where everything stands, and in which colours.
    bars
        What the bars tell: 'score' or 'probability'.
    title
        The film's; none if it is empty.
    scope
        Which of the test images the film shows; nothing for a plain sample.
    """

    model: SoftmaxRegression
    scales: Scales
    classes: tuple[str, ...]
    noun: str
    images: int
    footer: tuple[str, str]
    layout: Layout
    theme: Theme
    bars: str = "score"
    title: str = ""
    scope: str = ""

    def scene(self, moment: Moment) -> Scene:
        """Return what the frame of a moment contains."""
        contributions, logits = self._computed(moment)
        predicted = int(logits.argmax())
        accents = self._headline.accents(moment.label, predicted)
        changing = (
            *self._cells.images(moment.pixels),
            *self._cells.products(contributions),
            *self._bar_row.bars(logits, accents),
            *self._words(Verdict.of(moment, predicted)),
            self._headline.percent(moment.label, float(softmax(logits)[predicted])),
            self._progress(moment.progress, self.theme.muted),
        )
        return Scene(self.layout.size, self.theme.background, self._stills[ROWS], changing)

    def opening(self, moment: Moment, rows: int, share: float, told: bool, sentence: Text) -> Scene:
        """Return a scene of an introduction, in which a frame comes to be.

        Parameters
        ----------
        moment
            The image that is explained.
        rows
            How many of the rows are there, 1 to 4.
        share
            Of the pixels, whose products are in the sums; above down to here. Those that are not
            are pale.
        told
            Whether the frame says what is true and what is predicted.
        sentence
            Stands in the place of the header.
        """
        contributions, logits = self._computed(moment)
        predicted, added = int(logits.argmax()), round(share * len(moment.pixels))
        accents = self._headline.accents(moment.label, predicted) if told else {}
        colours = self._headline.heading_colours(moment.label, predicted) if told else {}
        sums = contributions[:, :added].sum(axis=1) + self.model.bias
        contributions[:, added:] *= WAITING
        changing = (
            *self._cells.images(moment.pixels),
            *(self._cells.products(contributions) if rows >= PRODUCTS else ()),
            *(self._bar_row.bars(sums, accents) if rows == ROWS else ()),
            *self._headline.outlines(accents),
            *self._headline.headings(colours),
            sentence,
        )
        return Scene(self.layout.size, self.theme.background, self._stills[rows], changing)

    def answer(self, moment: Moment) -> tuple[str, float]:
        """Return the name of the class that a moment is taken for, and its share of 1."""
        _, logits = self._computed(moment)
        predicted = int(logits.argmax())
        return self.classes[predicted], float(softmax(logits)[predicted])

    def _computed(self, moment: Moment) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return contributions and logits."""
        contributions = self.model.contributions(moment.pixels)
        return contributions, contributions.sum(axis=1) + self.model.bias

    @cached_property
    def _cells(self) -> Cells:
        return Cells(self.model, self.scales, self.layout, self.theme)

    @cached_property
    def _bar_row(self) -> BarRow:
        return BarRow(self.bars, self.scales.logit, self.layout, self.theme)

    @cached_property
    def _headline(self) -> Headline:
        return Headline(self.classes, self.images, self.scope, self.layout, self.theme)

    @cached_property
    def _words(self) -> Callable[[Verdict], tuple[Element, ...]]:
        """What an image's moments share is composed once."""
        return lru_cache(2)(self._compose_words)

    def _compose_words(self, verdict: Verdict) -> tuple[Element, ...]:
        told, of_whom = self._headline, (verdict.label, verdict.predicted)
        return (
            *told.outlines(told.accents(*of_whom)),
            *told.headings(told.heading_colours(*of_whom)),
            *told.header(verdict),
        )

    @cached_property
    def _stills(self) -> tuple[tuple[Element, ...], ...]:
        """What is still while so many rows are there."""
        return tuple(
            (
                *self._cells.frames(rows),
                *(self._cells.weights() if rows >= WEIGHTS else ()),
                *(self._bar_row.stills(self.model.bias) if rows == ROWS else ()),
                *self._row_labels(rows),
                *(legend(self.layout, self.theme) if rows >= WEIGHTS else ()),
                *self._footer(),
                *self._banner(),
                self._progress(1, self.theme.shade),
            )
            for rows in range(ROWS + 1)
        )

    def _row_labels(self, rows: int) -> Iterator[Element]:
        at, theme = self.layout, self.theme
        words = wording.rows(self.noun, self.bars)
        labels = zip(at.symbols, at.labels, words, strict=True)
        for above, below, (symbol, word) in islice(labels, rows):
            if symbol:
                yield text_at(at, above, "symbol", symbol, theme.ink)
            yield text_at(at, below, "label", word, theme.muted)

    def _footer(self) -> Iterator[Element]:
        lines = self.layout.footer
        texts = self.footer if len(lines) == 2 else (" · ".join(self.footer),)
        for line, text in zip(lines, texts, strict=True):
            yield text_at(self.layout, line, "footer", text, self.theme.muted)

    def _banner(self) -> Iterator[Element]:
        at, ink = self.layout, self.theme.ink
        if at.banner:
            yield text_at(at, at.banner, "banner", self.title, ink, bold=True)

    def _progress(self, share: float, colour: Colour) -> Rectangle:
        x, y, width, height = self.layout.progress
        return Rectangle(x, y, even(share * width), height, colour)
