"""Composes frames of several models, one above the other: each model's answer to one image."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, Spot
from mnistviz.drawing.scene import Element, Scene, Text
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words
from mnistviz.frame.composer import Composer
from mnistviz.frame.header import outline
from mnistviz.frame.moment import Moment, Shown
from mnistviz.frame.places import text_at
from mnistviz.frame.scales import Scales
from mnistviz.frame.stacked import WORD_SPACE, Block
from mnistviz.frame.stacked_words import StackedWords


@dataclass(frozen=True)
class StackedComposer:
    """Composes the frames of one comparison.

    Attributes
    ----------
    weights, biases
        (pixels, classes) and (classes,) float32 of each model.
    drawn
        Of each, what is drawn in the row of weights: they or their effects.
    scales
        The values that are drawn white, and as the longest bars, for all models.
    words
        What the frames say.
    blocks
        Where each model stands.
    theme
        In which colours.
    still
        Whether there is one picture alone, which has no progress bar.
    """

    weights: tuple[NDArray[np.float32], ...]
    biases: tuple[NDArray[np.float32], ...]
    drawn: tuple[NDArray[np.float32], ...]
    scales: Scales
    words: StackedWords
    blocks: tuple[Block, ...]
    theme: Theme
    still: bool = False

    def scene(self, moments: Sequence[Moment]) -> Scene:
        """Return what a frame contains: a moment of one image, as each model takes it."""
        first = moments[0]
        changing = (
            *self._parts[0].cells.images(first.pixels),
            *(
                element
                for part, moment in zip(self._parts, moments, strict=True)
                for element in _answer(part, moment)
            ),
            *self._texts(tuple(moment.shown for moment in moments)),
            *self._parts[0].progress(first.progress, self.theme.muted),
        )
        size = self.blocks[0].layout.size
        return Scene(size, self.theme.background, self._static, changing, self.words.language.fonts)

    @cached_property
    def _parts(self) -> tuple[Composer, ...]:
        """What composes each model's block."""
        return tuple(
            Composer(
                weights, bias, drawn, self.scales, self.words, block.layout, self.theme, self.still
            )
            for weights, bias, drawn, block in zip(
                self.weights, self.biases, self.drawn, self.blocks, strict=True
            )
        )

    @cached_property
    def _static(self) -> tuple[Element, ...]:
        """The elements that do not change."""
        frames = dict.fromkeys(frame for part in self._parts for frame in part.cells.frames())
        blocks = (
            element
            for part in self._parts
            for element in (
                *part.cells.weight_cells(),
                *part.bars.static(part.bias),
                *part.row_labels(),
            )
        )
        return (*frames, *blocks, *self._parts[0].around, *self._names())

    def _names(self) -> Iterator[Element]:
        """Yield each model's name, and how good it is."""
        for model, (block, name) in enumerate(zip(self.blocks, self.words.models, strict=True)):
            yield _text(block.name, name, block.big, self.theme.ink, True)
            right = self.words.right(model)
            yield _text(block.right, right, block.small, self.theme.muted)

    @cached_property
    def _texts(self) -> Callable[[tuple[Shown, ...]], tuple[Element, ...]]:
        """What the moments of an image share is composed once."""
        return lru_cache(2)(self._compose_texts)

    def _compose_texts(self, shown: tuple[Shown, ...]) -> tuple[Element, ...]:
        return (
            *self._outlines(shown),
            *self._parts[0].header.headings(*shown),
            *self._header(shown),
            *(
                element
                for block, each in zip(self.blocks, shown, strict=True)
                for element in self._verdict(block, each)
            ),
        )

    def _outlines(self, shown: tuple[Shown, ...]) -> Iterator[Element]:
        """Yield the outlines of each block, and one around the image of the true class."""
        layout, true = self.blocks[0].layout, shown[0].label
        if true is not None:
            (x, y), (width, height) = layout.lanes[true].cells[0], layout.cell
            thick = layout.outline
            around = Box(x - thick, y - thick, width + 2 * thick, height + 2 * thick)
            yield from outline(around, thick, self.theme.accents.true)
        for part, each in zip(self._parts, shown, strict=True):
            yield from part.header.outlines(each)

    def _header(self, shown: tuple[Shown, ...]) -> Iterator[Text]:
        """Yield what the image is, which one it is, and whether the models agree on it."""
        layout, first = self.blocks[0].layout, shown[0]
        at, muted = layout.header, self.theme.muted
        if first.label is not None:
            true = words.true(self.words.language, self.words.classes[first.label])
            colour = self.theme.accents.true_text
            yield text_at(layout, at.verdict, "title", true, colour, bold=True)
        position = self.words.position(first.index)
        yield text_at(layout, at.position, "position", position, muted)
        agreement = self.words.agreement(tuple(each.predicted for each in shown))
        yield text_at(layout, at.tally, "position", agreement, muted)

    def _verdict(self, block: Block, shown: Shown) -> Iterator[Text]:
        """Yield what a model takes an image for, and how sure it is."""
        accents, name = self.theme.accents, self.words.classes[shown.predicted]
        verdict, share = self.words.verdict(name, shown.probability, shown.right)
        colour = accents.true_text if shown.right else accents.wrong_text
        yield _text(block.verdict, verdict, block.big, colour, True)
        after = round((self.words.width(verdict, True) + WORD_SPACE) * block.big)
        at = block.verdict
        x = at.x + after if at.align == "left" else at.x - after
        spot = block.share or at._replace(x=x)
        if share:
            yield _text(spot, share, block.big, self.theme.ink)


def _answer(part: Composer, moment: Moment) -> Iterator[Element]:
    """Yield products and bars of a model's block."""
    accents = part.header.accents(moment.shown)
    yield from part.cells.products(part.contributions(moment))
    yield from part.bars.bars(moment, accents)
    yield from part.bars.winner(moment, accents[moment.shown.predicted])


def _text(spot: Spot, text: str, size: int, colour: Colour, bold: bool = False) -> Text:
    return Text(spot.x, spot.baseline, text, size, colour, bold, spot.align)
