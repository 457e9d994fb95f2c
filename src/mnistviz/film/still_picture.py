"""A picture of one image: shown in a notebook, written to a file, or made a figure."""

import base64
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from mnistviz.arguments import path
from mnistviz.drawing.matplotlib_renderer import Figure, figure_of, save_vector
from mnistviz.drawing.raster import png, rasterise
from mnistviz.drawing.scene import Scene
from mnistviz.errors import OptionError
from mnistviz.film.result import Prediction
from mnistviz.output import check_target, replacing

STILL_SUFFIXES = (".png", ".svg", ".pdf")
VECTOR_SUFFIXES = STILL_SUFFIXES[1:]
CENTIMETRES, POINTS = 2.54, 72  # of an inch


@dataclass(frozen=True, eq=False)
class Still:
    """A picture of one image on its way through the network.

    As the last value of a notebook's cell it is shown. It is no matplotlib figure itself, since
    how that is shown and saved is up to settings that would blur the cells; `figure` makes one.

    Attributes
    ----------
    prediction
        The predicted class of the image.
    scene
        The contents of the picture.
    description
        What it shows, for those who do not see it.
    width
        Of an SVG or a PDF, in centimetres. Default: 0, a point for each pixel.
    answer
        What the picture answers, in English, if it was asked anything. Default: nothing.
    """

    prediction: Prediction
    scene: Scene = field(repr=False)
    description: str = field(repr=False)
    width: float = 0
    answer: str = ""

    def save(self, out: Path | str) -> None:
        """Write the picture.

        Parameters
        ----------
        out
            File to write, ending in ``.png``, ``.svg`` or ``.pdf``.

        Raises
        ------
        OutputError
            If it cannot be written; an older one stays as it was.
        """
        save_scene(self.scene, path("out", out), self.width)

    def figure(self) -> Figure:
        """Return the picture as a new matplotlib figure, to add to or to change.

        Its axes count pixels from the top left corner, 72 of them an inch: saved with ``dpi=72``
        it has the still's size. Letters are hinted as matplotlib is set to.
        """
        return figure_of(self.scene)

    def _repr_png_(self) -> bytes:
        """Return the picture as a PNG file has it."""
        return png(rasterise(self.scene))

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Return the picture as a notebook takes it, with an alternative text."""
        text, picture = self.description, base64.b64encode(self._repr_png_()).decode()
        return {"text/plain": text, "image/png": picture}, {"image/png": {"alt": text}}


def save_scene(scene: Scene, out: Path, width: float = 0) -> None:
    """Write a scene to a file; arguments and errors as of `Still`."""
    kind = check_still(out, width)
    with replacing(out) as part, part.open("wb") as file:
        if kind == ".png":
            file.write(png(rasterise(scene)))
        else:
            points = width / CENTIMETRES * POINTS or None
            save_vector(scene, file, kind.removeprefix("."), points)


def check_still(out: Path, width: float) -> str:
    """Return the suffix of a file to write; raise OptionError if it has no width in centimetres."""
    kind = check_target(out, STILL_SUFFIXES)
    if width and kind not in VECTOR_SUFFIXES:
        raise OptionError(
            f"a PNG has its size in pixels: give a size in place of the width, or write "
            f"{out.with_suffix('.pdf')}"
        )
    return kind
