"""Decides what a frame contains: Moment + model + scales + layout + theme -> Scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz import wording
from mnistviz.layout import BarPlace, Layout, Spot
from mnistviz.model import SoftmaxRegression
from mnistviz.plan import even
from mnistviz.reel import Moment
from mnistviz.scales import Scales
from mnistviz.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.theme import Colour, Theme, grey, signed_grey


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
        changing = (
            *self._images(moment.pixels, contributions),
            *self._bars(logits, self._accents(moment.label, predicted)),
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
            *self._banner(),
            self._progress(1, self.theme.shade),
        )

    def _frames(self) -> Iterator[Element]:
        """Frame cells outside of their pixels, so that none is covered; and draw the zero lines.

        Black images would not be told from a dark background, nor coloured zeros from any.
        """
        framed = 1 if self.theme.signed is None else 3
        for lane, bar in zip(self.layout.lanes, self._bar_places, strict=True):
            for corner in lane.cells[:framed]:
                yield self._frame(*corner, *self.layout.cell)
            yield Rectangle(*bar.zero, self.theme.line)

    def _frame(self, x: int, y: int, width: int, height: int) -> Rectangle:
        line = self.layout.line
        return Rectangle(x - line, y - line, width + 2 * line, height + 2 * line, self.theme.line)

    @cached_property
    def _bar_places(self) -> tuple[BarPlace, ...]:
        places = (lane.bar for lane in self.layout.lanes)
        return tuple(place if self._of_score else place.from_end for place in places)

    @property
    def _of_score(self) -> bool:
        return self.bars == "score"

    def _weights(self) -> Iterator[Element]:
        levels = self._pictures(signed_grey(self.model.weights.T, self.scales.weight))
        for lane, weights, bias in zip(self.layout.lanes, levels, self.model.bias, strict=True):
            yield self._signed(lane.cells[1], weights)
            if self._of_score:
                yield self._text(lane.bias, "bias", wording.bias(bias), self.theme.muted)

    def _row_labels(self) -> Iterator[Element]:
        at, theme = self.layout, self.theme
        rows = wording.rows(self.noun, self.bars)
        for above, below, (symbol, word) in zip(at.symbols, at.labels, rows, strict=True):
            if symbol:
                yield self._text(above, "symbol", symbol, theme.ink)
            yield self._text(below, "label", word, theme.muted)

    def _footer(self) -> Iterator[Element]:
        at, (against, favour), muted = self.layout.legend, wording.LEGEND, self.theme.muted
        ramp = signed_grey(np.linspace(-1, 1, at.ramp.width // 2), 1)
        levels = np.tile(ramp, (at.ramp.height // 2, 1))
        yield self._frame(*at.ramp)
        yield Cell(at.ramp.x, at.ramp.y, 2, levels, self.theme.signed_colours)
        lines = self.layout.footer
        texts = self.footer if len(lines) == 2 else (" · ".join(self.footer),)
        for line, text in zip(lines, texts, strict=True):
            yield self._text(line, "footer", text, muted)
        yield self._text(at.against, "footer", against, muted)
        yield self._text(at.favour, "footer", favour, muted)

    def _banner(self) -> Iterator[Element]:
        if self.layout.banner:
            yield self._text(self.layout.banner, "banner", self.title, self.theme.ink, bold=True)

    def _progress(self, share: float, colour: Colour) -> Rectangle:
        x, y, width, height = self.layout.progress
        return Rectangle(x, y, even(share * width), height, colour)

    def _images(
        self, pixels: NDArray[np.float32], contributions: NDArray[np.float32]
    ) -> Iterator[Element]:
        image = self._pictures(grey(pixels))
        products = self._pictures(signed_grey(contributions, self.scales.weight))
        for lane, product in zip(self.layout.lanes, products, strict=True):
            yield Cell(*lane.cells[0], self.layout.k, image)
            yield self._signed(lane.cells[2], product)

    def _bars(self, logits: NDArray[np.float32], accents: dict[int, Colour]) -> Iterator[Element]:
        theme, numbers = self.theme, self._numbers(logits)
        lanes = zip(self.layout.lanes, self._bar_places, numbers, strict=True)
        for column, (lane, bar, (share, number, small)) in enumerate(lanes):
            accented = column in accents
            colour, ink = (accents[column], theme.ink) if accented else (theme.bar, theme.muted)
            yield Rectangle(*bar.box(even(bar.longest * share)), colour)
            yield self._text(lane.number, "number", number, ink, accented)
            if small:
                yield self._text(lane.bias, "bias", small, theme.muted)

    def _numbers(self, logits: NDArray[np.float32]) -> Iterator[tuple[float, str, str]]:
        """Give each bar's share of the longest, its number, and what changes beneath."""
        if self._of_score:
            for logit in logits.tolist():
                # An image of one's own may score higher than any test image.
                share = max(-1, min(1, logit / self.scales.logit))
                yield share, wording.signed(logit), ""
            return
        shares = _probabilities(logits).tolist()
        for share, logit in zip(shares, logits.tolist(), strict=True):
            yield share, wording.percent(share), wording.score(logit)

    def _outline(self, column: int, colour: Colour) -> Iterator[Element]:
        x, y, width, height = self.layout.lanes[column].outline
        thick = self.layout.outline
        yield Rectangle(x, y, width, thick, colour)
        yield Rectangle(x, y + height - thick, width, thick, colour)
        for edge in (x, x + width - thick):
            yield Rectangle(edge, y, thick, height, colour)

    def _accents(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the columns that stand out: what is true, and what is wrong.

        Where nobody knows what is true, the prediction has neither, but that of the text.
        """
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: self.theme.accents.wrong, label: self.theme.accents.true}

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
        accents, colours = self.theme.accents, {predicted: self.theme.ink}
        if label is not None:
            colours = {predicted: accents.wrong_text, label: accents.true_text}
        at = self.layout
        for column, (lane, name) in enumerate(zip(at.lanes, at.headings, strict=True)):
            colour = colours.get(column, self.theme.muted)
            yield self._text(lane.heading, "heading", name, colour, bold=column in colours)

    def _own_header(self, verdict: "_Verdict") -> Iterator[Element]:
        at, theme = self.layout.header, self.theme
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield self._text(at.position, "position", verdict.name, theme.muted)
        yield Rectangle(*at.predicted_swatch, theme.ink)
        yield self._text(at.predicted, "title", taken_for, theme.ink, bold=True)

    def _test_header(self, verdict: "_Verdict", label: int) -> Iterator[Element]:
        at, theme, accents = self.layout.header, self.theme, self.theme.accents
        right = verdict.predicted == label
        colour = accents.true_text if right else accents.wrong_text
        place = wording.position(verdict.place, self.images)
        tally = wording.tally(verdict.right, verdict.shown, self.scope)
        yield self._text(at.position, "position", place, theme.muted)
        yield self._text(at.tally, "position", tally, theme.muted)
        yield Rectangle(*at.true_swatch, accents.true)
        true = wording.true(self.classes[label])
        yield self._text(at.true, "title", true, accents.true_text, bold=True)
        yield Rectangle(*at.predicted_swatch, accents.true if right else accents.wrong)
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield self._text(at.predicted, "title", taken_for, colour, bold=True)
        yield self._text(at.mark, "title", wording.RIGHT if right else wording.WRONG, colour)

    def _percent(self, label: int | None, probability: float) -> Text:
        at = self.layout.header
        place = at.mark if label is None else at.percent  # one's own image has no mark
        return self._text(place, "position", wording.percent(probability), self.theme.muted)

    def _pictures(self, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels of one or more pictures (..., pixels) as (..., height, width)."""
        width, height = (side // self.layout.k for side in self.layout.cell)
        return levels.reshape(*levels.shape[:-1], height, width)

    def _signed(self, corner: tuple[int, int], levels: NDArray[np.uint8]) -> Cell:
        """Return a cell of weights or products."""
        return Cell(*corner, self.layout.k, levels, self.theme.signed_colours)

    def _text(self, at: Spot, kind: str, text: str, colour: Colour, bold: bool = False) -> Text:
        """Return a text in the size of its kind."""
        size = getattr(self.layout.text, kind)
        return Text(at.x, at.baseline, text, size, colour, bold, at.align)


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


def _probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the softmax of the logits."""
    odds = np.exp(logits.astype(np.float64) - logits.max())
    shares: NDArray[np.float64] = odds / odds.sum()
    return shares
