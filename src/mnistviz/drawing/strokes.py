"""Rectangles and words as the Painter sets them: where in the planes, and what."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.lettering import set_text
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.drawing.theme import Colour
from mnistviz.drawing.yuv import Planes, from_rgb

STROKES = 8192  # kept at most: a film's numbers, words, headings and outlines come back


Place = tuple[tuple[slice, slice], tuple[slice, slice, slice]]  # in luma, and in chroma
BOTH = slice(None)  # of the planes of chroma


class Stroke:
    """A rectangle or a word: where in the planes it is, and what it is there."""

    __slots__ = ("chroma", "is_flat", "luma", "place", "rows", "sides")

    def __init__(
        self,
        rows: tuple[int, int],
        sides: tuple[int, int],
        luma: NDArray[np.uint8],
        chroma: NDArray[np.uint8],
    ) -> None:
        self.rows, self.sides, self.luma, self.chroma = rows, sides, luma, chroma
        self.place = _place(*rows, *sides)
        self.is_flat = luma.size == 1  # all of it has one colour

    def outside(self, other: "Stroke | None") -> Iterator[Place]:
        """Give the parts that another stroke in the same columns does not cover."""
        if other is None:
            yield self.place
            return
        (top, bottom), (first, last) = self.rows, other.rows
        if top < first:
            yield _place(top, min(bottom, first), *self.sides)
        if bottom > last:
            yield _place(max(top, last), bottom, *self.sides)


def _place(top: int, bottom: int, left: int, right: int) -> Place:
    halved = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
    return (slice(top, bottom), slice(left, right)), (BOTH, *halved)


@lru_cache(STROKES)
def strokes_of(element: Rectangle | Text, background: Colour) -> tuple[Stroke, ...]:
    """Return the strokes of an element: one, or one a word.

    While a word stands where it stood, its stroke is the same object, whatever the rest of the
    text; so what two frames share is found by identity.
    """
    if isinstance(element, Text):
        return tuple(_word(*placed) for placed in set_text(element, background))
    x, y, width, height, colour = element
    return (Stroke((y, y + height), (x, x + width), *_flat(colour)),)


@lru_cache(STROKES)
def _word(x: int, y: int, patch: Planes) -> Stroke:
    height, width = patch.luma.shape
    return Stroke((y, y + height), (x, x + width), patch.luma, patch.chroma)


@lru_cache(64)
def _flat(colour: Colour) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return luma and chroma of a colour, of any extent."""
    ycbcr = np.rint(from_rgb(np.array(colour))).astype(np.uint8)
    return ycbcr[:1, None], ycbcr[1:, None, None]
