"""NumPy paints what changes in a Scene, as planes, over what matplotlib drew of the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mnistviz.drawing.planes import PIXEL_FORMATS, Samples
from mnistviz.drawing.raster import GREYS, rasterise
from mnistviz.drawing.scene import Cell, Scene
from mnistviz.drawing.strokes import Stroke, strokes_of


class Painter:
    """Paints the frames of one film into one buffer.

    From frame to frame only what differs is painted: old strokes are wiped off, new ones set. So
    no changing rectangle or text may overlap another.

    Parameters
    ----------
    scene
        Any scene of the film. Its static elements are drawn once; the cells that change must stand
        where they stand in it.
    pixel_format
        One of `PIXEL_FORMATS`.
    """

    def __init__(self, scene: Scene, pixel_format: str = "yuv420p") -> None:
        self._format = PIXEL_FORMATS[pixel_format]
        drawn = rasterise(replace(scene, changing=()))
        buffer = self._format.picture(drawn)
        cells = [element for element in scene.changing if isinstance(element, Cell)]
        rows: dict[tuple[int, int, int, tuple[int, ...]], list[int]] = {}
        for place, cell in enumerate(cells):
            alike = cell.y, cell.k, id(cell.colours), cell.levels.shape
            rows.setdefault(alike, []).append(place)
        self._buffer = buffer.copy()
        self._static, self._planes = (
            self._format.views(each, scene.size) for each in (buffer, self._buffer)
        )
        self._rows = [
            _Row(list(self._layers([cells[place] for place in places])), places)
            for places in rows.values()
        ]
        shape = (*scene.size[::-1], 3) if self._format.interleaved else self._buffer.shape
        self._picture = self._buffer.reshape(shape)
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
            (width × height × 3 / 2,) as yuv420p: Y, Cb and Cr; or (height, width, 3) as rgb24.
            Valid until the next call.
        """
        cells: list[Cell] = []
        strokes: list[Stroke] = []
        for element in scene.changing:
            if isinstance(element, Cell):
                cells.append(element)
            else:
                strokes += strokes_of(element, scene.background, self._format, scene.fonts)
        for row in self._rows:
            row.paint(cells)
        self._show(frozenset(strokes))
        return self._picture

    def _layers(self, row: Sequence[Cell]) -> "Iterator[_Layer]":
        """Yield a row of cells in each plane in which its levels differ.

        In the others, as in the chroma of grey, it is painted now and for all frames.
        """
        samples = self._format.samples(GREYS if row[0].colours is None else row[0].colours)
        planes = zip(self._static, self._planes, self._format.planes, samples, strict=True)
        for static, plane, (share, _), values in planes:
            if (values != values[0]).any():
                yield _Layer(plane, row, share, values)
                continue
            for cell in row:
                height, width = (cell.k * side // share for side in cell.levels.shape)
                x, y = cell.x // share, cell.y // share
                for each in (static, plane):
                    each[y : y + height, x : x + width] = values[0]

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
        for areas in stroke.outside(covering):
            for plane, static, area in zip(self._planes, self._static, areas, strict=True):
                plane[area] = static[area]

    def _set(self, stroke: Stroke, covered: Stroke | None) -> None:
        """Paint a stroke; of a bar that grows, only the part that is new."""
        grows = stroke.is_flat and covered is not None and covered.patch is stroke.patch
        for areas in stroke.outside(covered) if grows else (stroke.areas,):
            for plane, area, samples in zip(self._planes, areas, stroke.patch, strict=True):
                plane[area] = samples


class _Row:
    """A row of cells at equal distances, painted at once; `places` are theirs in a scene."""

    def __init__(self, layers: "Sequence[_Layer]", places: Sequence[int]) -> None:
        self._layers, self._places = layers, places
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
    """A row of cells in one plane, which has `samples` (256, channels) for their levels.

    The plane has one sample for `share` screen pixels down and as many across.
    """

    def __init__(
        self, plane: Samples, row: Sequence[Cell], share: int, samples: NDArray[np.uint8]
    ) -> None:
        first, k = row[0], row[0].k // share
        height, width = first.levels.shape
        pitch = (row[1].x - first.x) // share if len(row) > 1 else 0
        down, across, deep = plane.strides
        shape = height, k, len(row), k * width, plane.shape[2]
        corner = plane[first.y // share :, first.x // share :]
        self._pixels = as_strided(corner, shape, (k * down, down, pitch * across, across, deep))
        self._sides = np.repeat(samples[:, None], k, axis=1)

    def paint(self, levels: NDArray[np.uint8], top: int, left: int) -> None:
        """Paint levels (height, cells, width), whose first is so many levels down and across."""
        height, count, width = levels.shape
        k, channels = self._sides.shape[1:]
        spread = self._sides.take(levels, axis=0).reshape(height, 1, count, width * k, channels)
        self._pixels[top : top + height, :, :, k * left : k * (left + width)] = spread
