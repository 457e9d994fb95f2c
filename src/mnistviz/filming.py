"""Draws scenes and writes them as a film."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from mnistviz.formats.film_format import FilmFormat
from mnistviz.output import replacing
from mnistviz.painter import Painter
from mnistviz.scene import Scene
from mnistviz.stage import rasterise
from mnistviz.video import VideoWriter


def write_film(
    scenes: Iterable[Scene],
    out: Path,
    container: FilmFormat,
    hashed: bool = False,
    beside: Mapping[Path, bytes] = MappingProxyType({}),
) -> str | None:
    """Draw scenes, one a picture, and write the film.

    Parameters
    ----------
    scenes
        As many as the container's timeline has pictures. One that comes twice in a row, the same
        object, is drawn once; where the still elements are others, all is drawn anew.
    out
        File to write. An older one is replaced when the new one is whole and verified.
    container
        What kind of film.
    hashed
        Whether to hash what is drawn.
    beside
        Contents of files, by their paths, that are written together with the film.

    Returns
    -------
    str or None
        SHA-256 of the pictures as they went to the encoder, in hexadecimal, if it was asked for.

    Raises
    ------
    MnistvizError
        The film cannot be written.
    """
    drawn = hashlib.sha256() if hashed else None
    paint, still, shown = None, None, None
    with replacing(out, beside) as part, VideoWriter(part, container) as writer:
        for scene in scenes:
            if paint is None or scene.still is not still:
                paint, still = _painter(scene, container), scene.still
            if scene is not shown:
                drawing, shown = paint(scene), scene
            writer.write(drawing)
            if drawn:
                drawn.update(drawing.data)
    return drawn.hexdigest() if drawn else None


def _painter(scene: Scene, container: FilmFormat) -> Callable[[Scene], NDArray[np.uint8]]:
    """Return what draws scenes with the same still elements."""
    return rasterise if container.pixel_format == "rgb24" else Painter(scene).paint
