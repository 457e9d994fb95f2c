"""Texts that change, set from glyphs that the Stage drew once, as patches of YUV."""

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.plan import ceil_even
from mnistviz.scene import Scene, Text
from mnistviz.stage import rasterise, text_width
from mnistviz.theme import Colour
from mnistviz.yuv import Planes, from_rgb

GLYPHS = 1024  # kept at most: the letters of the words, in each size and weight
PATCHES = 2048  # kept at most: words and small numbers come back
Placed = tuple[int, int, Planes]


def set_text(text: Text, background: Colour) -> list[Placed]:
    """Set a text on its background, word by word.

    Glyphs stand at whole pixels; DejaVu Sans has tabular digits, so a number that changes does
    not move its neighbours.

    Parameters
    ----------
    text
        What to set, and where.
    background
        What is behind it.

    Returns
    -------
    list of tuple
        For each word, x and y of its patch's top left corner, both even, and the patch.
    """
    x, y = text.x // 2 * 2, text.baseline // 2 * 2
    origin = (text.x - x, text.baseline - y)
    words = _words(text._replace(x=origin[0], baseline=origin[1]), background)
    return [(x + right, y + down, patch) for right, down, patch in words]


@lru_cache(PATCHES)
def _words(text: Text, background: Colour) -> tuple[Placed, ...]:
    """Set the words of a text that stands at 0 or 1 pixels from the origin."""
    widths = [text.size * text_width(character, text.bold) for character in text.text]
    left = text.x - sum(widths) * {"left": 0, "center": 0.5, "right": 1}[text.align]
    starts = [round(start) for start in accumulate(widths[:-1], initial=left)]
    words, first = [], 0
    for word in text.text.split(" "):
        if word:
            x = starts[first] // 2 * 2
            offsets = tuple(start - x for start in starts[first : first + len(word)])
            look = (text.size, text.bold, text.colour, background)
            right, down, patch = _patch(word, offsets, text.baseline, *look)
            words.append((x + right, down, patch))
        first += len(word) + 1
    return tuple(words)


@lru_cache(PATCHES)
def _patch(
    word: str,
    offsets: tuple[int, ...],
    origin: int,
    size: int,
    bold: bool,
    ink: Colour,
    background: Colour,
) -> Placed:
    """Return a word's patch and its place, when its baseline is at `origin`."""
    glyphs = [_glyph(character, size, bold) for character in word]
    lefts = [offset + glyph.left for offset, glyph in zip(offsets, glyphs, strict=True)]
    tops = [origin - glyph.above for glyph in glyphs]
    x, y = min(lefts) // 2 * 2, min(tops) // 2 * 2
    width = max(left + glyph.ink.shape[1] for left, glyph in zip(lefts, glyphs, strict=True)) - x
    height = max(top + glyph.ink.shape[0] for top, glyph in zip(tops, glyphs, strict=True)) - y
    coverage = np.zeros((ceil_even(height), ceil_even(width)), np.uint8)
    for glyph, left, top in zip(glyphs, lefts, tops, strict=True):
        rows, columns = glyph.ink.shape
        spot = coverage[top - y : top - y + rows, left - x : left - x + columns]
        np.maximum(spot, glyph.ink, out=spot)
    return x, y, _blend(coverage, ink, background)


class _Glyph(NamedTuple):
    """How much of each pixel a glyph covers, 0 to 255, and where that is from its origin."""

    ink: NDArray[np.uint8]
    left: int  # of the origin, to the right
    above: int  # the baseline


@lru_cache(GLYPHS)
def _glyph(character: str, size: int, bold: bool) -> _Glyph:
    margin = 2 * (size // 2 + 1)
    sides = 2 * margin + 2 * size
    text = Text(margin, sides - margin, character, size, (255, 255, 255), bold)
    ink = rasterise(Scene((sides, sides), (0, 0, 0), (), (text,)))[..., 0]
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return _Glyph(ink[:1, :1], 0, 0)
    top, left = int(rows[0]), int(columns[0])
    ink = ink[top : rows[-1] + 1, left : columns[-1] + 1].copy()
    return _Glyph(ink, left - margin, text.baseline - top)


def _blend(coverage: NDArray[np.uint8], ink: Colour, background: Colour) -> Planes:
    """Return the patch: as much of the ink as covers each pixel."""
    luma, chroma = _ramps(ink, background)
    rows = coverage[::2].astype(np.uint16) + coverage[1::2]
    return Planes(luma.take(coverage), chroma.take(rows[:, ::2] + rows[:, 1::2], axis=1))


@lru_cache(64)
def _ramps(ink: Colour, background: Colour) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return luma by a pixel's coverage, and chroma by the sum of four pixels' coverage."""
    behind, front = from_rgb(np.array([background, ink]))
    one, four = np.linspace(0, 1, 256), np.linspace(0, 1, 4 * 255 + 1)
    luma = behind[0] + one * (front[0] - behind[0])
    chroma = behind[1:, None] + four * (front[1:] - behind[1:])[:, None]
    return np.rint(luma).astype(np.uint8), np.rint(chroma).astype(np.uint8)
