"""A still: it shows itself in a notebook, and can be written, or adjusted, as a figure."""

import base64
from collections.abc import Container
from dataclasses import astuple, dataclass, field
from pathlib import Path

from mnistviz.drawing.matplotlib_renderer import Figure, figure_of, png, rasterise, save_vector
from mnistviz.drawing.scene import Scene
from mnistviz.film.result import Prediction
from mnistviz.frame import words as wording
from mnistviz.output import check_target, replacing

STILL_SUFFIXES = (".png", ".svg", ".pdf")


@dataclass(frozen=True, eq=False)
class Still:
    """A picture of one image on its way through the network.

    As the last value of a notebook's cell it is shown. It is no matplotlib figure itself, since
    how that is shown and saved is up to settings that would blur the cells; `figure` makes one.

    Attributes
    ----------
    prediction
        What the image is taken for.
    scene
        What is drawn.
    """

    prediction: Prediction
    scene: Scene = field(repr=False)

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
        out = Path(out)
        kind = check_target(out, STILL_SUFFIXES)
        with replacing(out) as part, part.open("wb") as file:
            if kind == ".png":
                file.write(self._repr_png_())
            else:
                save_vector(self.scene, file, kind.removeprefix("."))

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
        """Return the picture as a notebook takes it, with words for who does not see it."""
        words = wording.answer(*astuple(self.prediction))
        shown = {"text/plain": words, "image/png": base64.b64encode(self._repr_png_()).decode()}
        return shown, {"image/png": {"alt": words}}
