"""NumPy paints what changes in a Scene, as YUV planes, over what matplotlib drew of the rest."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mnistviz.drawing.matplotlib_renderer import GREYS, rasterise
from mnistviz.drawing.scene import Cell, Scene
from mnistviz.drawing.strokes import Stroke, strokes_of
from mnistviz.drawing.yuv import Planes, from_rgb

NO_COLOUR = 128  # chroma of grey


class Painter:
    """Paints the frames of one film into one buffer.

    From frame to frame only what differs is painted: old strokes are wiped off, new ones set. So
    no changing rectangle or text may overlap another.

    Parameters
    ----------
    scene
        Any scene of the film. Its static elements are drawn once, by matplotlib; the cells that
        change must stand where they stand in it.
    """

    def __init__(self, scene: Scene) -> None:
        static = rasterise(Scene(scene.size, scene.background, scene.static, ()))
        self._static = Planes.of(static)
        cells = [element for element in scene.changing if isinstance(element, Cell)]
        for cell in cells:
            if cell.colours is None:
                _make_grey(self._static, cell)
        whole = [self._static.luma.ravel(), self._static.chroma.ravel()]
        self._buffer = np.concatenate(whole)
        self._planes = Planes.within(self._buffer, scene.size)
        rows: dict[tuple[int, int, int, tuple[int, ...]], list[int]] = {}
        for place, cell in enumerate(cells):
            alike = cell.y, cell.k, id(cell.colours), cell.levels.shape
            rows.setdefault(alike, []).append(place)
        self._rows = [_Row(self._planes, cells, places) for places in rows.values()]
        self._shown: frozenset[Stroke] = frozenset()

    def paint(self, scene: Scene) -> NDArray[np.uint8]:
        """Paint a frame.

        Parameters
        ----------
        scene
            Its static elements are those of the scene that the painter was made with.

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
        """Wipe off the old strokes and set the new ones."""
        new, old = shown - self._shown, self._shown - shown
        covering = {stroke.sides: stroke for stroke in new}
        covered = {stroke.sides: stroke for stroke in old}
        for stroke in old:
            self._wipe(stroke, covering.get(stroke.sides))
        for stroke in new:
            alone = covering[stroke.sides] is stroke
            self._set(stroke, covered.get(stroke.sides) if alone else None)
        self._shown = shown

    def _wipe(self, stroke: Stroke, covering: Stroke | None) -> None:
        """Restore the static background where an old stroke is not covered by a new one."""
        if covering is not None and covering.rows == stroke.rows:
            return
        for luma, chroma in stroke.outside(covering):
            self._planes.luma[luma] = self._static.luma[luma]
            self._planes.chroma[chroma] = self._static.chroma[chroma]

    def _set(self, stroke: Stroke, covered: Stroke | None) -> None:
        """Paint a stroke; of a bar that grows, only the part that is new."""
        grows = stroke.is_flat and covered is not None and covered.luma is stroke.luma
        for luma, chroma in stroke.outside(covered) if grows else (stroke.area,):
            self._planes.luma[luma] = stroke.luma
            self._planes.chroma[chroma] = stroke.chroma


class _Row:
    """A row of cells at equal distances, painted at once; `places` are theirs in a scene."""

    def __init__(self, planes: Planes, cells: Sequence[Cell], places: Sequence[int]) -> None:
        row = [cells[place] for place in places]
        colours = row[0].colours
        luma, *chroma = _ycbcr(GREYS if colours is None else colours)
        self._layers = [_Layer(planes.luma, row, 1, luma)]
        if colours is not None:
            for plane, values in zip(planes.chroma, chroma, strict=True):
                self._layers.append(_Layer(plane, row, 2, values))
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
            top, bottom, left, right = down[0], down[-1] + 1, across[0], across[-1] + 1
            for layer in self._layers:
                layer.paint(levels[top:bottom, :, left:right], top, left)
        self._shown = levels

    def _differs(self, levels: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows and the columns of the pictures in which any has changed."""
        if levels.shape != self._shown.shape:
            return np.arange(levels.shape[0]), np.arange(levels.shape[2])
        differs = (levels != self._shown).any(axis=1)
        return differs.any(axis=1).nonzero()[0], differs.any(axis=0).nonzero()[0]


class _Layer:
    """A row of cells in one plane, which has `values` (256,) for their levels.

    The plane has one sample for `share` screen pixels down and as many across.
    """

    def __init__(
        self, plane: NDArray[np.uint8], row: Sequence[Cell], share: int, values: NDArray[np.uint8]
    ) -> None:
        first, k = row[0], row[0].k // share
        height, width = first.levels.shape
        pitch = (row[1].x - first.x) // share if len(row) > 1 else 0
        shape, (down, across) = (height, k, len(row), k * width), plane.strides
        corner = plane[first.y // share :, first.x // share :]
        self._pixels = as_strided(corner, shape, (k * down, down, pitch, across))
        self._sides = np.repeat(values[:, None], k, axis=1)

    def paint(self, levels: NDArray[np.uint8], top: int, left: int) -> None:
        """Paint levels (height, cells, width), whose first is so many levels down and across."""
        height, count, width = levels.shape
        k = self._sides.shape[1]
        spread = self._sides.take(levels, axis=0).reshape(height, 1, count, -1)
        self._pixels[top : top + height, :, :, k * left : k * (left + width)] = spread


def _ycbcr(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return Y, Cb and Cr (3, n) of colours (n, 3)."""
    return np.rint(from_rgb(colours)).astype(np.uint8).T


def _make_grey(planes: Planes, cell: Cell) -> None:
    """Make the chroma under a grey cell grey, so that to paint it only luma must be set."""
    height, width = (cell.k * side // 2 for side in cell.levels.shape)
    x, y = cell.x // 2, cell.y // 2
    planes.chroma[:, y : y + height, x : x + width] = NO_COLOUR
