"""Which kind of film a name asks for."""

import os
from pathlib import Path

from mnistviz.config import FilmConfig
from mnistviz.errors import OptionError
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.codecs import ENCODERS
from mnistviz.formats.gif import Gif
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM
from mnistviz.formats.webp import WebP
from mnistviz.formats.y4m import Y4m

FILM_SUFFIXES = (".mp4", ".webm", ".gif", ".webp")
FOLDER = "/"  # of PNGs
STREAM = "-"  # to stdout
CODECS = {".mp4": ("h264", "hevc", "av1"), ".webm": ("vp9", "av1")}
"""What a kind can carry; the first is what it carries by default."""


def kind_of(out: Path | str) -> str:
    """Return the kind of film that a name asks for: its suffix in lower case, `FOLDER`, `STREAM`.

    Parameters
    ----------
    out
        As of `render_film`. Since a Path has no slash at its end, only a text asks for a folder.
    """
    name = os.fspath(out)
    if name == STREAM:
        return STREAM
    return FOLDER if name.endswith(("/", os.sep)) else Path(name).suffix.lower()


def format_of(kind: str, size: tuple[int, int], timeline: Timeline, film: FilmConfig) -> FilmFormat:
    """Return a kind of film.

    Parameters
    ----------
    kind
        As `kind_of` tells it.
    size
        Width and height in pixels.
    timeline
        When each picture is on.
    film
        Its codec, quality and rate.

    Raises
    ------
    OptionError
        If the kind cannot be so, or so long.
    """
    codec = _codec(kind, film)
    _check_rate(kind, codec, film)
    match kind:
        case ".webm":
            return WebM(size, timeline, ENCODERS[codec][film.quality])
        case ".gif":
            return Gif(size, timeline)
        case ".webp":
            return WebP(size, timeline)
        case "/":
            return Pngs(size, timeline)
        case "-":
            return Y4m(size, timeline)
    return Mp4(size, timeline, film.variable_frame_rate, ENCODERS[codec][film.quality])


def _codec(kind: str, film: FilmConfig) -> str:
    known = CODECS.get(kind, ("",))
    if film.codec is None:
        return known[0]
    if film.codec not in known:
        where = " or ".join(kind for kind, codecs in CODECS.items() if film.codec in codecs)
        raise OptionError(f"the codec {film.codec} needs a file whose name ends in {where}")
    return film.codec


def _check_rate(kind: str, codec: str, film: FilmConfig) -> None:
    """Refuse a variable frame rate where the rate is constant; in a loop it always varies."""
    if film.variable_frame_rate and codec != "h264" and kind not in (".gif", ".webp"):
        raise OptionError("a variable frame rate is for H.264 in an MP4 alone")
