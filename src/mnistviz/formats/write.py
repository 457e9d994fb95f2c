"""Draws scenes and writes them as a film."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from mnistviz.config import Encoding
from mnistviz.drawing.matplotlib_renderer import rasterise
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Scene
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.choose import format_of
from mnistviz.formats.notes import Notes, companion_paths
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.written_film import WrittenFilm


def write_film(
    scenes: Iterable[Scene],
    out: Path | str,
    size: tuple[int, int],
    timeline: Timeline,
    encoding: Encoding,
    notes: Notes,
    poster: Scene,
    *,
    variable_frame_rate: bool = False,
    hashed: bool = False,
) -> WrittenFilm:
    """Draw scenes and write them as a film, with what it says about itself.

    Parameters
    ----------
    scenes
        One a picture, as many as the timeline has.
    out
        As of `render`. An older film is replaced when the new one is complete and verified.
    size, timeline, encoding, variable_frame_rate
        As of `format_of`.
    notes
        Tags, chapters and captions.
    poster
        The scene that is the poster, if the encoding asks for one.
    hashed
        Whether to hash the pictures.

    Raises
    ------
    MnistvizError
        If the film cannot be written.
    """
    captions, poster_path = companion_paths(Path(out), encoding.captions, encoding.poster)
    film_format = format_of(
        out,
        size,
        timeline,
        encoding,
        variable_frame_rate,
        captions=notes.webvtt() if captions else "",
        metadata=notes.ffmetadata(),
    )
    files = notes.companion_files(captions, poster_path, poster)
    drawn = write_pictures(scenes, out, film_format, hashed, files)
    return WrittenFilm(
        path=Path(out),
        seconds=timeline.seconds,
        size=size,
        drawn_sha256=drawn,
        captions=captions,
        poster=poster_path,
    )


def write_pictures(
    scenes: Iterable[Scene],
    out: Path | str,
    film_format: FilmFormat,
    hashed: bool = False,
    companion_files: Mapping[Path, bytes] = MappingProxyType({}),
) -> str | None:
    """Draw scenes, one a picture, and write them in a format; errors as `write_film`.

    The same scene twice in a row is drawn once; where the static elements change, everything is
    drawn again.

    Returns
    -------
    str or None
        SHA-256 of the pictures as they went to the encoder, in hexadecimal, if `hashed`.
    """
    drawn = hashlib.sha256() if hashed else None
    paint, static, last = None, None, None
    with film_format.writer(out, companion_files) as writer:
        for scene in scenes:
            if paint is None or scene.static is not static:
                static = scene.static
                paint = rasterise if film_format.pixel_format == "rgb24" else Painter(scene).paint
            if scene is not last:
                picture, last = paint(scene), scene
            writer.write(picture)
            if drawn:
                drawn.update(picture.data)
    return drawn.hexdigest() if drawn else None
