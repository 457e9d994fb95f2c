"""NumPy paints what changes in a Scene, as YUV planes, over the still parts that the Stage drew."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from mnistviz.lettering import set_text
from mnistviz.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.stage import rasterise
from mnistviz.theme import Colour
from mnistviz.yuv import Planes, from_rgb

GREYS = np.rint(from_rgb(np.repeat(np.arange(256)[:, None], 3, axis=1))[:, 0]).astype(np.uint8)
NO_COLOUR = 128  # chroma of grey


class Painter:
    """Paints the frames of one film into one buffer.

    Parameters
    ----------
    scene
        Any scene of the film. Its still elements are drawn once, by the Stage; the cells that
        change must stand where they stand in it.
    """

    def __init__(self, scene: Scene) -> None:
        still = rasterise(Scene(scene.size, scene.background, scene.still, ()))
        planes = Planes.of(still)
        for cell in scene.changing:
            if isinstance(cell, Cell):
                _take_colour_off(planes, cell)
        self._still = np.concatenate([planes.luma.ravel(), planes.chroma.ravel()])
        self._buffer = self._still.copy()
        self._planes = Planes.within(self._buffer, scene.size)

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
        np.copyto(self._buffer, self._still)
        for are_cells, run in groupby(scene.changing, lambda element: isinstance(element, Cell)):
            if are_cells:
                self._paint_cells(run)
            else:
                self._paint(run, scene.background)
        return self._buffer

    def _paint(self, elements: Iterable[Element], background: Colour) -> None:
        for element in elements:
            match element:
                case Rectangle(x, y, width, height, colour):
                    self._planes.fill(x, y, width, height, _ycbcr(colour))
                case Text() if element.text:
                    self._planes.put(*set_text(element, background))

    def _paint_cells(self, cells: Iterable[Element]) -> None:
        """Paint cells in rows, each in one stroke."""
        rows: dict[tuple[int, int, tuple[int, ...]], list[Cell]] = {}
        for cell in cells:
            if isinstance(cell, Cell):
                rows.setdefault((cell.y, cell.k, cell.levels.shape), []).append(cell)
        for row in rows.values():
            self._paint_row(row)

    def _paint_row(self, row: Sequence[Cell]) -> None:
        first, k, (height, width) = row[0], row[0].k, row[0].levels.shape
        pitch = row[1].x - first.x if len(row) > 1 else 0
        luma = GREYS[np.stack([cell.levels for cell in row], axis=1)]
        spread = np.repeat(luma, k, axis=2)[:, None]
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


@lru_cache(256)
def _ycbcr(colour: Colour) -> NDArray[np.uint8]:
    return np.rint(from_rgb(np.array(colour))).astype(np.uint8)
