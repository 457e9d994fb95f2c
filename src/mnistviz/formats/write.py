"""Draws scenes and writes them as a film."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.matplotlib_renderer import rasterise
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Scene
from mnistviz.formats.base import FilmFormat


def write_film(
    scenes: Iterable[Scene],
    out: Path | str,
    film_format: FilmFormat,
    hashed: bool = False,
    companion_files: Mapping[Path, bytes] = MappingProxyType({}),
) -> str | None:
    """Draw scenes, one a picture, and write the film.

    Parameters
    ----------
    scenes
        As many as the format's timeline has pictures. The same object twice in a row is drawn
        once; where the static elements change, everything is drawn anew.
    out
        As of `render_film`. An older file is replaced when the new one is complete and verified.
    film_format
        Format of the film, with its size and timeline.
    hashed
        Whether to hash the pictures.
    companion_files
        Contents of files, by path, that are written together with the film.

    Returns
    -------
    str or None
        SHA-256 of the pictures as they went to the encoder, in hexadecimal, if `hashed`.

    Raises
    ------
    MnistvizError
        If the film cannot be written.
    """
    drawn = hashlib.sha256() if hashed else None
    paint, static, last = None, None, None
    with film_format.writer(out, companion_files) as writer:
        for scene in scenes:
            if paint is None or scene.still is not static:
                paint, static = _painter(scene, film_format), scene.still
            if scene is not last:
                picture, last = paint(scene), scene
            writer.write(picture)
            if drawn:
                drawn.update(picture.data)
    return drawn.hexdigest() if drawn else None


def _painter(scene: Scene, film_format: FilmFormat) -> Callable[[Scene], NDArray[np.uint8]]:
    """Return the function that draws scenes with the same static elements."""
    return rasterise if film_format.pixel_format == "rgb24" else Painter(scene).paint
