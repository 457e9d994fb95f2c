"""Decides what a frame contains: Moment + model + scales + layout + theme -> Scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz import wording
from mnistviz.layout import Layout
from mnistviz.model import SoftmaxRegression
from mnistviz.plan import even
from mnistviz.reel import Moment
from mnistviz.scales import Scales
from mnistviz.scene import Align, Cell, Element, Rectangle, Scene, Text
from mnistviz.theme import GREEN, ORANGE, Colour, Theme, grey, signed_grey


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
        The line under the columns.
    layout, theme
        Where everything stands, and in which colours.
    """

    model: SoftmaxRegression
    scales: Scales
    classes: tuple[str, ...]
    noun: str
    images: int
    footer: str
    layout: Layout
    theme: Theme

    def scene(self, moment: Moment) -> Scene:
        """Return what the frame of a moment contains."""
        contributions, logits = self._computed(moment)
        predicted = int(logits.argmax())
        changing = (
            *self._images(moment.pixels, contributions),
            *self._bars(logits.tolist(), self._accents(moment.label, predicted)),
            *self._words(_Verdict.of(moment, predicted)),
            self._percent(moment.label, _probability(logits, predicted)),
            self._progress(moment.progress, self.theme.muted),
        )
        return Scene(self.layout.size, self.theme.background, self._still, changing)

    def answer(self, moment: Moment) -> tuple[str, float]:
        """Return the name of the class that a moment is taken for, and its share of 1."""
        _, logits = self._computed(moment)
        predicted = int(logits.argmax())
        return self.classes[predicted], _probability(logits, predicted)

    def _computed(self, moment: Moment) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return contributions and logits."""
        contributions = self.model.contributions(moment.pixels)
        return contributions, contributions.sum(axis=1) + self.model.bias

    @cached_property
    def _still(self) -> tuple[Element, ...]:
        return (
            *self._frames(),
            *self._weights(),
            *self._row_labels(),
            *self._footer(),
            self._progress(1, self.theme.line),
        )

    def _frames(self) -> Iterator[Element]:
        """Frame the images outside of their pixels, so that none is covered; and the zero lines."""
        at, (width, height) = self.layout, self.layout.cell
        for x in at.columns:
            left, top = x - at.line, at.rows[0] - at.line
            sides = width + 2 * at.line, height + 2 * at.line
            yield Rectangle(left, top, *sides, self.theme.line)
            yield Rectangle(x, at.zero, width, at.line, self.theme.line)

    def _weights(self) -> Iterator[Element]:
        levels = self._pictures(signed_grey(self.model.weights.T, self.scales.weight))
        for x, weights, bias in zip(self.layout.columns, levels, self.model.bias, strict=True):
            yield self._cell(x, 1, weights)
            yield self._under(x, "bias", wording.bias(bias), self.theme.muted)

    def _row_labels(self) -> Iterator[Element]:
        at, text = self.layout, self.layout.text
        centres = [y + at.cell[1] // 2 for y in at.rows] + [at.zero + at.line // 2]
        for centre, (symbol, word) in zip(centres, wording.rows(self.noun), strict=True):
            above = centre - round(0.22 * text.symbol)
            below = centre + round(text.label * (1.1 if symbol else 0.28))
            if symbol:
                yield Text(at.label, above, symbol, text.symbol, self.theme.ink, align="center")
            yield Text(at.label, below, word, text.label, self.theme.muted, align="center")

    def _footer(self) -> Iterator[Element]:
        at, (against, favour) = self.layout, wording.LEGEND
        x, y, width, height = at.legend
        ramp = signed_grey(np.linspace(-1, 1, width // 2), 1)
        yield Cell(x, y, 2, np.tile(ramp, (height // 2, 1)))
        yield self._text(at.left, "footer", self.footer, self.theme.muted)
        yield self._text(at.legend_left, "footer", against, self.theme.muted, align="right")
        yield self._text(at.right, "footer", favour, self.theme.muted, align="right")

    def _progress(self, share: float, colour: Colour) -> Rectangle:
        at, (top, height) = self.layout, self.layout.progress
        left = at.left
        return Rectangle(left, top, even(share * (at.right - left)), height, colour)

    def _images(
        self, pixels: NDArray[np.float32], contributions: NDArray[np.float32]
    ) -> Iterator[Element]:
        image = self._pictures(grey(pixels))
        products = self._pictures(signed_grey(contributions, self.scales.weight))
        for x, product in zip(self.layout.columns, products, strict=True):
            yield self._cell(x, 0, image)
            yield self._cell(x, 2, product)

    def _bars(self, logits: list[float], accents: dict[int, Colour]) -> Iterator[Element]:
        at, theme = self.layout, self.theme
        for column, (x, logit) in enumerate(zip(at.columns, logits, strict=True)):
            # An image of one's own may score higher than any test image.
            height = even(at.longest_bar * min(1, abs(logit) / self.scales.logit))
            top = at.zero - height if logit > 0 else at.zero + at.line
            accented = column in accents
            colour, ink = (accents[column], theme.ink) if accented else (theme.bar, theme.muted)
            yield Rectangle(x + at.bar_inset, top, at.bar_width, height, colour)
            yield self._under(x, "number", wording.signed(logit), ink, accented)

    def _outline(self, column: int, colour: Colour) -> Iterator[Element]:
        at, thick = self.layout, self.layout.outline
        x = at.columns[column]
        left, right = x - thick, x + at.cell[0]
        top, bottom = at.rows[0] - thick, at.column_bottom
        yield Rectangle(left, top, right - left, thick, colour)
        yield Rectangle(left, bottom - thick, right - left, thick, colour)
        for edge in (left, right):
            yield Rectangle(edge, top, thick, bottom - top, colour)

    def _accents(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the columns that stand out: green if true, orange if wrong.

        Where nobody knows what is true, the prediction has neither, but that of the text.
        """
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: ORANGE, label: GREEN}

    @cached_property
    def _words(self) -> Callable[["_Verdict"], tuple[Element, ...]]:
        """What an image's moments share is composed once."""
        return lru_cache(2)(self._compose_words)

    def _compose_words(self, verdict: "_Verdict") -> tuple[Element, ...]:
        label, predicted = verdict.label, verdict.predicted
        accents = self._accents(label, predicted).items()
        return (
            *(part for column, colour in accents for part in self._outline(column, colour)),
            *self._headings(label, predicted),
            *(self._own_header(verdict) if label is None else self._test_header(verdict, label)),
        )

    def _headings(self, label: int | None, predicted: int) -> Iterator[Element]:
        colours = {predicted: self.theme.ink}
        if label is not None:
            colours = {predicted: self.theme.wrong_text, label: self.theme.true_text}
        at = self.layout
        for column, (x, name) in enumerate(zip(at.columns, at.headings, strict=True)):
            colour = colours.get(column, self.theme.muted)
            yield self._under(x, "heading", name, colour, bold=column in colours)

    def _own_header(self, verdict: "_Verdict") -> Iterator[Element]:
        at, theme = self.layout.header, self.theme
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield self._text(at.position, "position", verdict.name, theme.muted)
        yield self._swatch(at.predicted_swatch, theme.ink)
        yield self._text(at.predicted, "title", taken_for, theme.ink, bold=True)

    def _test_header(self, verdict: "_Verdict", label: int) -> Iterator[Element]:
        at, theme = self.layout.header, self.theme
        right = verdict.predicted == label
        colour = theme.true_text if right else theme.wrong_text
        place = wording.position(verdict.place, self.images)
        tally = wording.tally(verdict.right, verdict.shown)
        yield self._text(at.position, "position", place, theme.muted)
        yield self._text(at.tally, "position", tally, theme.muted, align="right")
        yield self._swatch(at.true_swatch, GREEN)
        true = wording.true(self.classes[label])
        yield self._text(at.true, "title", true, theme.true_text, bold=True)
        yield self._swatch(at.predicted_swatch, GREEN if right else ORANGE)
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield self._text(at.predicted, "title", taken_for, colour, bold=True)
        yield self._text(at.mark, "title", wording.RIGHT if right else wording.WRONG, colour)

    def _percent(self, label: int | None, probability: float) -> Text:
        at = self.layout.header
        x = at.mark if label is None else at.percent  # one's own image has no mark
        return self._text(x, "position", wording.percent(probability), self.theme.muted)

    def _swatch(self, x: int, colour: Colour) -> Rectangle:
        side = self.layout.swatch
        return Rectangle(x, self.layout.baseline["title"] - side, side, side, colour)

    def _pictures(self, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels of one or more pictures (..., pixels) as (..., height, width)."""
        width, height = (side // self.layout.k for side in self.layout.cell)
        return levels.reshape(*levels.shape[:-1], height, width)

    def _cell(self, x: int, row: int, levels: NDArray[np.uint8]) -> Cell:
        return Cell(x, self.layout.rows[row], self.layout.k, levels)

    def _under(self, x: int, kind: str, text: str, colour: Colour, bold: bool = False) -> Text:
        """Return a text centred in the column that begins at x."""
        return self._text(x + self.layout.cell[0] // 2, kind, text, colour, bold, "center")

    def _text(
        self,
        x: int,
        kind: str,
        text: str,
        colour: Colour,
        bold: bool = False,
        align: Align = "left",
    ) -> Text:
        """Return a text on the baseline and in the size of its kind."""
        size = getattr(self.layout.text, kind)
        return Text(x, self.layout.baseline[kind], text, size, colour, bold, align)


class _Verdict(NamedTuple):
    """What the words of a frame tell; the same in all moments that are nearest to one image."""

    name: str
    label: int | None
    place: int
    right: int
    shown: int
    predicted: int

    @classmethod
    def of(cls, moment: Moment, predicted: int) -> "_Verdict":
        facts = (moment.label, moment.index, moment.right, moment.shown)
        return cls(moment.name, *facts, predicted)


def _probability(logits: NDArray[np.float32], chosen: int) -> float:
    """Return the softmax of the logits for one class."""
    return float(1 / np.exp(logits - logits[chosen]).sum(dtype=np.float64))
