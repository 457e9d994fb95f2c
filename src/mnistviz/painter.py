"""NumPy paints what changes in a Scene, as YUV planes, over the still parts that the Stage drew."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mnistviz.lettering import set_text
from mnistviz.scene import Cell, Rectangle, Scene, Text
from mnistviz.stage import rasterise
from mnistviz.theme import Colour
from mnistviz.yuv import Planes, from_rgb

GREYS = np.rint(from_rgb(np.repeat(np.arange(256)[:, None], 3, axis=1))[:, 0]).astype(np.uint8)
NO_COLOUR = 128  # chroma of grey
STROKES = 1024  # kept at most: those of headings, outlines and swatches come back
Flat = Rectangle | Text


class Painter:
    """Paints the frames of one film into one buffer.

    From frame to frame only what differs is painted: what is gone is wiped off, and what is new
    set. So no changing rectangle or text may overlap another.

    Parameters
    ----------
    scene
        Any scene of the film. Its still elements are drawn once, by the Stage; the cells that
        change must stand where they stand in it.
    """

    def __init__(self, scene: Scene) -> None:
        still = rasterise(Scene(scene.size, scene.background, scene.still, ()))
        self._still = Planes.of(still)
        for cell in scene.changing:
            if isinstance(cell, Cell):
                _take_colour_off(self._still, cell)
        whole = [self._still.luma.ravel(), self._still.chroma.ravel()]
        self._buffer = np.concatenate(whole)
        self._planes = Planes.within(self._buffer, scene.size)
        self._shown: dict[Flat, tuple[_Stroke, ...]] = {}

    def paint(self, scene: Scene) -> NDArray[np.uint8]:
        """Paint a frame.

        Parameters
        ----------
        scene
            Its still elements are those of the scene that the Painter was made with.

        Returns
        -------
        NDArray[np.uint8]
            (width × height × 3 / 2,) as yuv420p: Y, Cb and Cr. Valid until the next call.
        """
        self._paint_cells(cell for cell in scene.changing if isinstance(cell, Cell))
        before, flat = self._shown, [e for e in scene.changing if not isinstance(e, Cell)]
        self._shown = {e: before.get(e) or _strokes(e, scene.background) for e in flat}
        new = [s for e, strokes in self._shown.items() if e not in before for s in strokes]
        covered = {stroke.place for stroke in new}
        for gone in before.keys() - self._shown.keys():
            for stroke in before[gone]:
                if stroke.place not in covered:
                    self._wipe(stroke)
        for stroke in new:
            self._set(stroke)
        return self._buffer

    def _set(self, stroke: "_Stroke") -> None:
        self._planes.luma[stroke.on_luma] = stroke.luma
        self._planes.chroma[stroke.on_chroma] = stroke.chroma

    def _wipe(self, stroke: "_Stroke") -> None:
        self._planes.luma[stroke.on_luma] = self._still.luma[stroke.on_luma]
        self._planes.chroma[stroke.on_chroma] = self._still.chroma[stroke.on_chroma]

    def _paint_cells(self, cells: Iterable[Cell]) -> None:
        """Paint cells in rows, each in one stroke."""
        rows: dict[tuple[int, int, tuple[int, ...]], list[Cell]] = {}
        for cell in cells:
            rows.setdefault((cell.y, cell.k, cell.levels.shape), []).append(cell)
        for row in rows.values():
            self._paint_row(row)

    def _paint_row(self, row: Sequence[Cell]) -> None:
        first, k, (height, width) = row[0], row[0].k, row[0].levels.shape
        pitch = row[1].x - first.x if len(row) > 1 else 0
        alike = all(cell.levels is first.levels for cell in row)  # as in the row of images
        levels = np.concatenate([cell.levels for cell in (row[:1] if alike else row)], axis=1)
        spread = GREYS.take(levels).repeat(k, axis=1).reshape(height, 1, -1, k * width)
        plane = self._planes.luma
        across = plane.shape[1]
        as_strided(
            plane[first.y :, first.x :],
            (height, k, len(row), k * width),
            (k * across, across, pitch, 1),
        )[:] = spread


def _take_colour_off(planes: Planes, cell: Cell) -> None:
    """Make the chroma under a cell grey, so that painting the cell is a matter of luma alone."""
    height, width = (cell.k * side // 2 for side in cell.levels.shape)
    x, y = cell.x // 2, cell.y // 2
    planes.chroma[:, y : y + height, x : x + width] = NO_COLOUR


class _Stroke(NamedTuple):
    """Where in the planes a rectangle or a word is, and what it is there."""

    place: tuple[int, int, int, int]  # x, y, width, height
    on_luma: tuple[slice, slice]
    on_chroma: tuple[slice, slice, slice]
    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint8]


@lru_cache(STROKES)
def _strokes(element: Flat, background: Colour) -> tuple[_Stroke, ...]:
    """Return the strokes of an element: one, or one a word."""
    if isinstance(element, Text):
        return tuple(_patch_stroke(*placed) for placed in set_text(element, background))
    ycbcr = np.rint(from_rgb(np.array(element.colour))).astype(np.uint8)
    place = (element.x, element.y, element.width, element.height)
    return (_Stroke(place, *_slices(*place), ycbcr[:1, None], ycbcr[1:, None, None]),)


def _patch_stroke(x: int, y: int, patch: Planes) -> _Stroke:
    height, width = patch.luma.shape
    place = (x, y, width, height)
    return _Stroke(place, *_slices(*place), patch.luma, patch.chroma)


def _slices(
    x: int, y: int, width: int, height: int
) -> tuple[tuple[slice, slice], tuple[slice, slice, slice]]:
    """Return the part of the luma plane, and of the chroma planes, that a rectangle is."""
    rows, columns = slice(y, y + height), slice(x, x + width)
    down, across = (slice(side.start // 2, side.stop // 2) for side in (rows, columns))
    return (rows, columns), (slice(None), down, across)
