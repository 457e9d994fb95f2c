"""Draws scenes and writes them as a film."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.matplotlib_renderer import rasterise
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Scene
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.encoded_format import EncodedFormat
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.streaming import StreamWriter, stdout
from mnistviz.formats.writer import VideoWriter
from mnistviz.formats.y4m import Y4m
from mnistviz.output import replacing, replacing_folder


def write_film(
    scenes: Iterable[Scene],
    out: Path | str,
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
        As of `render`. An older file is replaced when the new one is whole and verified.
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
    paint, static, shown = None, None, None
    with _writing(out, container, beside) as writer:
        for scene in scenes:
            if paint is None or scene.static is not static:
                paint, static = _painter(scene, container), scene.static
            if scene is not shown:
                drawing, shown = paint(scene), scene
            writer.write(drawing)
            if drawn:
                drawn.update(drawing.data)
    return drawn.hexdigest() if drawn else None


class PictureWriter(Protocol):
    """What takes a film's pictures."""

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture: uint8, of the format's `picture_shape`."""


@contextmanager
def _writing(
    out: Path | str, container: FilmFormat, beside: Mapping[Path, bytes]
) -> Iterator[PictureWriter]:
    """Give what takes the pictures; at the end of the block the film is in its place."""
    match container:
        case Y4m():
            with StreamWriter(stdout(), container) as stream:
                yield stream
        case Pngs():
            with replacing_folder(Path(out)) as part, VideoWriter(part, container) as writer:
                yield writer
        case EncodedFormat():
            with replacing(Path(out), beside) as part, VideoWriter(part, container) as writer:
                yield writer


def _painter(scene: Scene, container: FilmFormat) -> Callable[[Scene], NDArray[np.uint8]]:
    """Return what draws scenes with the same static elements."""
    return rasterise if container.pixel_format == "rgb24" else Painter(scene).paint
