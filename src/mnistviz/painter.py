"""NumPy paints what changes in a Scene, as YUV planes, over the still parts that the Stage drew."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mnistviz.scene import Cell, Scene
from mnistviz.stage import rasterise
from mnistviz.strokes import Stroke, strokes_of
from mnistviz.yuv import Planes, from_rgb

GREYS = np.rint(from_rgb(np.repeat(np.arange(256)[:, None], 3, axis=1))[:, 0]).astype(np.uint8)
NO_COLOUR = 128  # chroma of grey


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
        cells = _cells(scene)
        for cell in cells:
            _take_colour_off(self._still, cell)
        whole = [self._still.luma.ravel(), self._still.chroma.ravel()]
        self._buffer = np.concatenate(whole)
        self._planes = Planes.within(self._buffer, scene.size)
        rows: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
        for place, cell in enumerate(cells):
            rows.setdefault((cell.y, cell.k, cell.levels.shape), []).append(place)
        self._rows = [_Row(self._planes.luma, cells, places) for places in rows.values()]
        self._shown: frozenset[Stroke] = frozenset()

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
        cells: list[Cell] = []
        strokes: list[Stroke] = []
        for element in scene.changing:
            if isinstance(element, Cell):
                cells.append(element)
            else:
                strokes += strokes_of(element, scene.background)
        for row in self._rows:
            row.paint(cells)
        self._show(frozenset(strokes))
        return self._buffer

    def _show(self, shown: frozenset[Stroke]) -> None:
        """Wipe off the strokes that are gone and set the new ones."""
        new, gone = shown - self._shown, self._shown - shown
        covering = {stroke.sides: stroke for stroke in new}
        covered = {stroke.sides: stroke for stroke in gone}
        for stroke in gone:
            self._wipe(stroke, covering.get(stroke.sides))
        for stroke in new:
            alone = covering[stroke.sides] is stroke
            self._set(stroke, covered.get(stroke.sides) if alone else None)
        self._shown = shown

    def _wipe(self, stroke: Stroke, covering: Stroke | None) -> None:
        """Paint what is still there, where no new stroke will cover it."""
        if covering is not None and covering.rows == stroke.rows:
            return
        for luma, chroma in stroke.outside(covering):
            self._planes.luma[luma] = self._still.luma[luma]
            self._planes.chroma[chroma] = self._still.chroma[chroma]

    def _set(self, stroke: Stroke, covered: Stroke | None) -> None:
        """Paint what a stroke is; of a bar that grows or shrinks, what it was not."""
        grows = stroke.is_flat and covered is not None and covered.luma is stroke.luma
        for luma, chroma in stroke.outside(covered) if grows else (stroke.place,):
            self._planes.luma[luma] = stroke.luma
            self._planes.chroma[chroma] = stroke.chroma


class _Row:
    """A row of cells, painted in one stroke.

    Parameters
    ----------
    luma
        The plane to paint.
    cells
        All cells of a scene that changes.
    places
        Which of them stand in the row, from left to right.
    """

    def __init__(
        self, luma: NDArray[np.uint8], cells: Sequence[Cell], places: Sequence[int]
    ) -> None:
        first, k = cells[places[0]], cells[places[0]].k
        height, width = first.levels.shape
        pitch = cells[places[1]].x - first.x if len(places) > 1 else 0
        shape, across = (height, k, len(places), k * width), luma.shape[1]
        corner = luma[first.y :, first.x :]
        self._pixels = as_strided(corner, shape, (k * across, across, pitch, 1))
        self._sides = np.repeat(GREYS[:, None], k, axis=1)
        self._places = places
        self._shown = np.empty((0, 0, 0), np.uint8)

    def paint(self, cells: Sequence[Cell]) -> None:
        """Paint the pixels between the first and the last that differ, down and across."""
        pictures = [cells[place].levels for place in self._places]
        if all(levels is pictures[0] for levels in pictures):  # as in the row of images
            pictures = pictures[:1]
        levels = np.concatenate(pictures, axis=1).reshape(len(pictures[0]), len(pictures), -1)
        down, across = self._differs(levels)
        if down.size:
            k = self._sides.shape[1]
            top, bottom, left, right = down[0], down[-1] + 1, across[0], across[-1] + 1
            spread = self._sides.take(levels[top:bottom, :, left:right], axis=0)
            spread = spread.reshape(bottom - top, 1, len(pictures), -1)
            self._pixels[top:bottom, :, :, k * left : k * right] = spread
        self._shown = levels

    def _differs(self, levels: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows and the columns of the pictures in which any has changed."""
        if levels.shape != self._shown.shape:
            return np.arange(levels.shape[0]), np.arange(levels.shape[2])
        differs = (levels != self._shown).any(axis=1)
        return differs.any(axis=1).nonzero()[0], differs.any(axis=0).nonzero()[0]


def _cells(scene: Scene) -> list[Cell]:
    return [element for element in scene.changing if isinstance(element, Cell)]


def _take_colour_off(planes: Planes, cell: Cell) -> None:
    """Make the chroma under a cell grey, so that painting the cell is a matter of luma alone."""
    height, width = (cell.k * side // 2 for side in cell.levels.shape)
    x, y = cell.x // 2, cell.y // 2
    planes.chroma[:, y : y + height, x : x + width] = NO_COLOUR
