"""Rectangles and words as the Painter sets them: where in the planes, and what."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.lettering import set_text
from mnistviz.scene import Rectangle, Text
from mnistviz.theme import Colour
from mnistviz.yuv import Planes, from_rgb

STROKES = 8192  # kept at most: a film's numbers, words, headings and outlines come back


class Stroke:
    """A rectangle or a word: where in the planes it is, and what it is there."""

    __slots__ = ("chroma", "luma", "on_chroma", "on_luma", "rows", "sides")

    def __init__(
        self,
        rows: slice,
        sides: tuple[int, int],
        luma: NDArray[np.uint8],
        chroma: NDArray[np.uint8],
    ) -> None:
        left, right = self.sides = sides
        self.rows, self.luma, self.chroma = rows, luma, chroma
        self.on_luma = (rows, slice(left, right))
        halved = slice(rows.start // 2, rows.stop // 2), slice(left // 2, right // 2)
        self.on_chroma = (slice(None), *halved)

    @property
    def is_flat(self) -> bool:
        """Whether all of it has one colour."""
        return self.luma.size == 1

    def outside(self, other: "Stroke | None") -> Sequence["Stroke"]:
        """Return the parts that another stroke in the same columns does not cover."""
        if other is None:
            return (self,)
        top, bottom = self.rows.start, self.rows.stop
        above = slice(top, min(bottom, other.rows.start))
        below = slice(max(top, other.rows.stop), bottom)
        return [
            Stroke(rows, self.sides, self.luma, self.chroma)
            for rows in (above, below)
            if rows.start < rows.stop
        ]


@lru_cache(STROKES)
def strokes_of(element: Rectangle | Text, background: Colour) -> tuple[Stroke, ...]:
    """Return the strokes of an element: one, or one a word.

    While a word stands where it stood, its stroke is the same object, whatever the rest of the
    text; so what two frames share is found by identity.
    """
    if isinstance(element, Text):
        return tuple(_word(*placed) for placed in set_text(element, background))
    x, y, width, height, colour = element
    return (Stroke(slice(y, y + height), (x, x + width), *_flat(colour)),)


@lru_cache(STROKES)
def _word(x: int, y: int, patch: Planes) -> Stroke:
    height, width = patch.luma.shape
    return Stroke(slice(y, y + height), (x, x + width), patch.luma, patch.chroma)


@lru_cache(64)
def _flat(colour: Colour) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return luma and chroma of a colour, of any extent."""
    ycbcr = np.rint(from_rgb(np.array(colour))).astype(np.uint8)
    return ycbcr[:1, None], ycbcr[1:, None, None]
