"""Which kind of film a name asks for."""

import os
from pathlib import Path

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
        As of `render`. Since a Path has no slash at its end, only a text asks for a folder.
    """
    name = os.fspath(out)
    if name == STREAM:
        return STREAM
    return FOLDER if name.endswith(("/", os.sep)) else Path(name).suffix.lower()


def format_of(
    kind: str,
    size: tuple[int, int],
    timeline: Timeline,
    *,
    codec: str | None = None,
    quality: str = "standard",
    variable_frame_rate: bool = False,
) -> FilmFormat:
    """Return a kind of film.

    Parameters
    ----------
    kind
        As `kind_of` tells it.
    size
        Width and height in pixels.
    timeline
        When each picture is on.
    codec, quality
        As of `Encoding`.
    variable_frame_rate
        As of `Timing`.

    Raises
    ------
    OptionError
        If the kind cannot be so, or so long.
    """
    codec = _codec(kind, codec)
    if variable_frame_rate and codec != "h264" and kind not in (".gif", ".webp"):
        # The rate of the others is constant, and in a loop it always varies.
        raise OptionError("a variable frame rate is for H.264 in an MP4 alone")
    match kind:
        case ".webm":
            return WebM(size, timeline, ENCODERS[codec][quality])
        case ".gif":
            return Gif(size, timeline)
        case ".webp":
            return WebP(size, timeline)
        case "/":
            return Pngs(size, timeline)
        case "-":
            return Y4m(size, timeline)
    return Mp4(size, timeline, variable_frame_rate, ENCODERS[codec][quality])


def _codec(kind: str, codec: str | None) -> str:
    known = CODECS.get(kind, ("",))
    if codec is None:
        return known[0]
    if codec not in known:
        where = " or ".join(kind for kind, codecs in CODECS.items() if codec in codecs)
        raise OptionError(f"the codec {codec} needs a file whose name ends in {where}")
    return codec
