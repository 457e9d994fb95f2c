"""Rectangles and words as the painter sets them: patches of samples, and where they are.

A text that changes is set from glyphs that FreeType drew once; one stroke for all of it where a
letter's look depends on its neighbours, as in Arabic.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import ceil_even
from mnistviz.drawing.letters import side_by_side
from mnistviz.drawing.planes import PixelFormat, Samples
from mnistviz.drawing.raster import left_of, rasterise, text_width
from mnistviz.drawing.scene import Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour
from mnistviz.language.typefaces import DEJAVU, Fonts

NUMERALS = "0123456789+−."  # have one height, so that a number covers the one before
GLYPHS = 1024  # kept at most: the letters of the words, in each size and weight
PATCHES = 4096  # kept at most: words and small numbers come back
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
STROKES = 8192  # kept at most: a film's numbers, words, headings and outlines come back

Area = tuple[slice, slice]  # of a plane: rows and columns
Patch = tuple[Samples, ...]  # for each plane; one sample, if all of a stroke has one colour
Placed = tuple[int, int, "_Kept"]  # x and y of the top left corner, both even; the patch


class Stroke:
    """A rectangle or a word: its area in each plane, and its samples."""

    __slots__ = ("areas", "is_flat", "patch", "rows", "shares", "sides")

    def __init__(
        self, rows: tuple[int, int], sides: tuple[int, int], patch: Patch, shares: tuple[int, ...]
    ) -> None:
        self.rows, self.sides, self.patch, self.shares = rows, sides, patch, shares
        self.areas = self._areas(*rows)
        self.is_flat = patch[0].shape[:2] == (1, 1)  # all of it has one colour

    def outside(self, other: "Stroke | None") -> Iterator[tuple[Area, ...]]:
        """Yield the areas that another stroke in the same columns does not cover."""
        if other is None:
            yield self.areas
            return
        (top, bottom), (first, last) = self.rows, other.rows
        if top < first:
            yield self._areas(top, min(bottom, first))
        if bottom > last:
            yield self._areas(max(top, last), bottom)

    def _areas(self, top: int, bottom: int) -> tuple[Area, ...]:
        left, right = self.sides
        return tuple(
            (slice(top // share, bottom // share), slice(left // share, right // share))
            for share in self.shares
        )


@lru_cache(STROKES)
def strokes_of(
    element: Rectangle | Text,
    background: Colour,
    pixel_format: PixelFormat,
    fonts: Fonts = DEJAVU,
) -> tuple[Stroke, ...]:
    """Return the strokes of an element: one, or one a word or a dash.

    While a word stands where it stood, its stroke is the same object, whatever the rest of the
    text; so what two frames share is found by identity.
    """
    shares = tuple(share for share, _ in pixel_format.planes)
    if isinstance(element, Text):
        x, y = element.x // 2 * 2, element.baseline // 2 * 2
        near = element._replace(x=element.x - x, baseline=element.baseline - y)
        return tuple(
            _word(x + dx, y + dy, patch, shares)
            for dx, dy, patch in _patches(near, background, pixel_format, fonts)
        )
    return tuple(
        Stroke((y, y + height), (x, x + width), _flat(colour, pixel_format), shares)
        for x, y, width, height, colour, _ in element.dashes()
    )


@lru_cache(STROKES)
def _word(x: int, y: int, patch: "_Kept", shares: tuple[int, ...]) -> Stroke:
    height, width, _ = patch.samples[0].shape
    return Stroke((y, y + height), (x, x + width), patch.samples, shares)


class _Kept:
    """A patch that is told from others by identity."""

    def __init__(self, samples: Patch) -> None:
        self.samples = samples


@lru_cache(64)
def _flat(colour: Colour, pixel_format: PixelFormat) -> Patch:
    """Return the samples of a colour, which broadcast to any extent."""
    return tuple(each[:, None] for each in pixel_format.samples(np.array([colour], np.uint8)))


@lru_cache(PATCHES)
def _patches(
    text: Text, background: Colour, pixel_format: PixelFormat, fonts: Fonts
) -> tuple[Placed, ...]:
    """Return the patches of the words of a text that stands 0 or 1 pixels from the origin.

    Glyphs stand at whole pixels; DejaVu Sans has tabular digits, so a number that changes does
    not move its neighbours.
    """
    letters = side_by_side(text.text, fonts.right_to_left)
    if not letters:
        return tuple(_whole(text, background, pixel_format, fonts))
    words, fonts = letters.split(" "), fonts._replace(right_to_left=False)
    space = text.size * text_width(" ", text.bold, fonts)
    widths = [_word_width(word, text.size, text.bold, fonts) for word in words]
    whole = sum(widths) + space * (len(words) - 1)
    start = text.x - whole * {"left": 0, "center": 0.5, "right": 1}[text.align]
    look, placed = (text.size, text.bold, text.colour, background, pixel_format, fonts), []
    for word, width in zip(words, widths, strict=True):
        if word:
            left = start // 2 * 2
            x, y, patch = _patch(word, (start - left, text.baseline), *look)
            placed.append((int(left) + x, y, patch))
        start += width + space
    return tuple(placed)


def _whole(
    text: Text, background: Colour, pixel_format: PixelFormat, fonts: Fonts
) -> Iterator[Placed]:
    """Yield the patch of a whole text; none if it has no ink."""
    room = ceil_even(3 * text.size)  # for ink on each side
    left = left_of(text, fonts) // 2 * 2
    width = ceil_even(text.size * text_width(text.text, text.bold, fonts)) + 2 * room
    moved = text._replace(x=text.x - left + room, baseline=text.baseline + room, colour=WHITE)
    drawn = rasterise(Scene((width, 2 * room), BLACK, (), (moved,), fonts))[..., 0]
    if drawn.any():
        spans = [np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0)]
        rows, columns = (slice(span[0] // 2 * 2, ceil_even(span[-1] + 1)) for span in spans)
        patch = _Kept(pixel_format.blend(drawn[rows, columns], text.colour, background))
        yield left - room + int(columns.start), int(rows.start) - room, patch


@lru_cache(PATCHES)
def _word_width(word: str, size: int, bold: bool, fonts: Fonts) -> float:
    """Return the width of a word without kerning, in pixels."""
    return size * sum(text_width(character, bold, fonts) for character in word)


@lru_cache(PATCHES)
def _patch(
    word: str,
    origin: tuple[float, int],
    size: int,
    bold: bool,
    ink: Colour,
    background: Colour,
    pixel_format: PixelFormat,
    fonts: Fonts,
) -> Placed:
    """Return a word's patch, when the word starts at `origin`, near 0."""
    placed, start = [], origin[0]
    for character in word:
        glyph = _glyph(character, size, bold, fonts)
        left = round(start) + glyph.left
        placed.append((left, left + glyph.ink.shape[1], glyph))
        start += glyph.advance
    above = max([glyph.above for _, _, glyph in placed])
    below = max([glyph.ink.shape[0] - glyph.above for _, _, glyph in placed])
    x = int(min([origin[0], *[left for left, _, _ in placed]]) // 2 * 2)
    y = (origin[1] - above) // 2 * 2
    width = max([start, *[right for _, right, _ in placed]]) - x
    coverage = np.zeros((ceil_even(origin[1] + below - y), ceil_even(width)), np.uint8)
    end = x
    for left, right, glyph in placed:
        top = origin[1] - glyph.above - y
        spot = coverage[top : top + glyph.ink.shape[0], left - x : right - x]
        spot[:] = glyph.ink if left >= end else np.maximum(spot, glyph.ink)  # which is slower
        end = right
    return x, y, _Kept(pixel_format.blend(coverage, ink, background))


class _Glyph(NamedTuple):
    """A glyph as (height, width) coverage of pixels, 0 to 255, and where that is."""

    ink: NDArray[np.uint8]
    left: int  # from the origin to its left side
    above: int  # rows above the baseline
    advance: float  # from its origin to the next


def _glyph(character: str, size: int, bold: bool, fonts: Fonts) -> _Glyph:
    return _sheet(NUMERALS if character in NUMERALS else character, size, bold, fonts)[character]


@lru_cache(GLYPHS)
def _sheet(characters: str, size: int, bold: bool, fonts: Fonts) -> dict[str, _Glyph]:
    """Draw glyphs side by side."""
    side = ceil_even(3 * size)
    texts = [
        Text(side * place + size, 2 * size, character, size, WHITE, bold)
        for place, character in enumerate(characters)
    ]
    drawn = rasterise(Scene((side * len(texts), side), BLACK, (), tuple(texts), fonts))[..., 0]
    rows = np.flatnonzero(drawn.any(axis=1))
    # A no-break space has no ink: a row on the baseline, since a patch covers what is behind it.
    top, bottom = (rows[0], rows[-1] + 1) if rows.size else (2 * size - 1, 2 * size)
    pictures = np.hsplit(drawn[top:bottom], len(texts))
    return {
        text.text: _crop(ink, text, 2 * size - int(top), fonts)
        for ink, text in zip(pictures, texts, strict=True)
    }


def _crop(picture: NDArray[np.uint8], text: Text, above: int, fonts: Fonts) -> _Glyph:
    """Cut off what is blank to the left and right."""
    columns = np.flatnonzero(picture.any(axis=0))
    left, right = (columns[0], columns[-1] + 1) if columns.size else (0, 1)
    advance = text.size * text_width(text.text, text.bold, fonts)
    return _Glyph(picture[:, left:right].copy(), int(left) - text.size, above, advance)
