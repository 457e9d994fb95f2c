"""Texts that change, set from glyphs that the Stage drew once, as patches of YUV."""

from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from mnistviz.plan import ceil_even
from mnistviz.scene import Align, Scene, Text
from mnistviz.stage import rasterise, text_width
from mnistviz.theme import Colour
from mnistviz.yuv import Planes, from_rgb

GLYPHS = 1024  # kept at most: the letters of the words, in each size and weight
PATCHES = 4096  # kept at most: numbers come back, and so a film of any length needs no more
Placed = tuple[int, int, Planes]


def set_text(text: Text, background: Colour) -> Placed:
    """Set a text on its background.

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
    tuple
        x and y of the patch's top left corner, both even, and the patch.
    """
    x, y = text.x // 2 * 2, text.baseline // 2 * 2
    right, down, patch = _patch(
        text.text,
        text.size,
        text.colour,
        text.bold,
        text.align,
        background,
        (text.x - x, text.baseline - y),
    )
    return x + right, y + down, patch


@lru_cache(PATCHES)
def _patch(
    text: str,
    size: int,
    ink: Colour,
    bold: bool,
    align: Align,
    background: Colour,
    origin: tuple[int, int],
) -> Placed:
    """Return a text's patch, and its place, when it stands at an origin of 0 or 1 pixels."""
    glyphs = [_glyph(character, size, bold) for character in text]
    offsets = _offsets(text, size, bold, origin[0], align)
    height, width = glyphs[0].shape
    left = offsets[0] // 2 * 2
    coverage = np.zeros((height + 2, ceil_even(offsets[-1] - left + width)))
    for glyph, offset in zip(glyphs, offsets, strict=True):
        start = offset - left
        spot = coverage[origin[1] : origin[1] + height, start : start + width]
        np.maximum(spot, glyph, out=spot)
    margin, above = _margins(size)
    rows, columns = _even_bounds(coverage)
    patch = _blend(coverage[rows, columns], ink, background)
    return left - margin + columns.start, rows.start - above, patch


def _offsets(text: str, size: int, bold: bool, x: int, align: Align) -> list[int]:
    """Return where each glyph begins, in whole pixels."""
    widths = [size * text_width(character, bold) for character in text]
    left = x - sum(widths) * {"left": 0, "center": 0.5, "right": 1}[align]
    return [round(start) for start in accumulate(widths[:-1], initial=left)]


def _margins(size: int) -> tuple[int, int]:
    """Return room beside a glyph, and above its baseline, both even: more than any takes."""
    return 2 * (size // 4 + 1), 2 * (size // 2 + 2)


@lru_cache(GLYPHS)
def _glyph(character: str, size: int, bold: bool) -> NDArray[np.float64]:
    """Return how much of each pixel a glyph covers, in [0, 1]; its origin is at the margins."""
    margin, above = _margins(size)
    width = 2 * margin + 2 * size
    white: Colour = (255, 255, 255)
    glyph = Text(margin, above, character, size, white, bold)
    drawn = rasterise(Scene((width, 2 * above - 2), (0, 0, 0), (), (glyph,)))
    return drawn[..., 0] / 255


def _even_bounds(coverage: NDArray[np.float64]) -> tuple[slice, slice]:
    """Return the rows and columns, from even to even, that hold all that is covered."""
    covered = [np.flatnonzero(coverage.any(axis=axis)) for axis in (1, 0)]
    rows, columns = (
        slice(int(span[0]) // 2 * 2, ceil_even(int(span[-1]) + 1)) if span.size else slice(0, 2)
        for span in covered
    )
    return rows, columns


def _blend(coverage: NDArray[np.float64], ink: Colour, background: Colour) -> Planes:
    """Return the patch: as much of the ink as covers each pixel."""
    height, width = coverage.shape
    behind, front = from_rgb(np.array([background, ink]))
    halves = coverage.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    luma = behind[0] + coverage * (front[0] - behind[0])
    chroma = behind[1:, None, None] + halves * (front[1:] - behind[1:])[:, None, None]
    return Planes(np.rint(luma).astype(np.uint8), np.rint(chroma).astype(np.uint8))
