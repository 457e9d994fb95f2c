"""Which format a film's name asks for, and whether the film can be written."""

import os
import warnings
from pathlib import Path

from mnistviz.config import CODECS, Encoding, Workers
from mnistviz.errors import OptionError, OutputError, SizeWarning
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.codecs import ENCODERS, KEY_SECONDS
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.gif import GIF_PICTURES, GIF_RATE, Gif
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.notes import check_companions
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM
from mnistviz.formats.webp import WebP
from mnistviz.formats.workers import prepare
from mnistviz.formats.y4m import Y4m, stdout
from mnistviz.output import check_new_folder, check_target

FOLDER = "/"  # of PNGs
STREAM = "-"  # to stdout
_WITHOUT_CODEC: dict[str, type[FilmFormat]] = {
    ".gif": Gif,
    ".webp": WebP,
    FOLDER: Pngs,
    STREAM: Y4m,
}
FILM_SUFFIXES = (*CODECS, *(kind for kind in _WITHOUT_CODEC if kind.startswith(".")))


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


def check_film_target(out: Path | str) -> None:
    """Make sure that a film can be written to a file, a folder or stdout.

    Raises
    ------
    OptionError
        If stdout is a terminal, or a folder is named like a film.
    OutputError
        If the kind of film is unknown, or it cannot be written.
    """
    if (kind := kind_of(out)) == STREAM:
        stdout()
    elif kind == FOLDER:
        if Path(out).suffix.lower() in FILM_SUFFIXES:
            raise OptionError(f"{out} is the name of a folder; leave out the slash for a film")
        check_new_folder(Path(out))
    elif kind in FILM_SUFFIXES:
        check_target(Path(out), FILM_SUFFIXES)
    else:
        raise OutputError(
            f"cannot write {out}: expected a name that ends in {', '.join(FILM_SUFFIXES)}, "
            "or in / for a folder of PNGs, or - for a stream"
        )


def check_film(
    out: Path | str,
    size: tuple[int, int],
    timeline: Timeline,
    encoding: Encoding,
    workers: Workers,
) -> None:
    """Check a film's files, its format, ffmpeg and workers, before long work starts.

    Raises
    ------
    MnistvizError
        As `check_film_target`, `check_companions`, `format_of`, `find_ffmpeg` and `prepare`.
    """
    check_film_target(out)
    if kind_of(out) == ".gif" and encoding.frame_rate != Encoding.frame_rate:
        raise OptionError("a GIF has a frame for each image: leave out the frame rate")
    if kind_of(out) not in CODECS and encoding.quality != Encoding.quality:
        raise OptionError(f"only {' and '.join(CODECS)} have qualities: leave that out")
    if kind_of(out) != ".gif" and encoding.max_size is not None:
        raise OptionError("only a GIF is made to fit a largest size: leave that out")
    check_companions(Path(out), encoding.captions, encoding.poster)
    film_format = format_of(out, size, timeline, encoding)
    if needs := film_format.needs(encoding.captions):
        find_ffmpeg(needs)
    if kind_of(out) != STREAM:
        prepare(workers, timeline.segments)
    elif workers.scheduler:
        raise OptionError("a film on stdout is drawn by this process: leave out the scheduler")


def rates_of(out: Path | str, frame_rate: int) -> tuple[int, int]:
    """Return frames a second, and pictures a second of what moves all the time.

    They are the frame rate, but a GIF counts hundredths of a second and has fewer pictures.
    """
    return (GIF_RATE, GIF_PICTURES) if kind_of(out) == ".gif" else (frame_rate, frame_rate)


def format_of(
    out: Path | str,
    size: tuple[int, int],
    timeline: Timeline,
    encoding: Encoding = Encoding(),
) -> FilmFormat:
    """Return the format of a film.

    Parameters
    ----------
    out
        As of `render`.
    size
        Width and height in pixels.
    timeline
        When each picture is shown.
    encoding
        Its codec and quality. Formats without codecs have one quality.

    Raises
    ------
    OptionError
        If this kind of film has no such codec or frame rate, or cannot be so long.
    """
    kind = kind_of(out)
    codec = _codec(kind, encoding.codec)
    if kind == ".gif":
        return Gif(size, timeline, encoding.max_size)
    if kind in _WITHOUT_CODEC:
        return _WITHOUT_CODEC[kind](size, timeline)
    encoder, key_seconds = ENCODERS[codec][encoding.quality], KEY_SECONDS[encoding.quality]
    return (WebM if kind == ".webm" else Mp4)(size, timeline, encoder, key_seconds)


def _codec(kind: str, codec: str | None) -> str:
    known = CODECS.get(kind, ("",))
    if codec is None:
        return known[0]
    if codec not in known:
        suffixes = " or ".join(suffix for suffix, codecs in CODECS.items() if codec in codecs)
        raise OptionError(f"the codec {codec} needs a file whose name ends in {suffixes}")
    return codec


def warn_of_size(out: Path | str, film_format: FilmFormat) -> None:
    """Issue a SizeWarning if a film will be larger than people expect."""
    if (expected := film_format.expected_bytes) > film_format.warn_above_bytes:
        warnings.warn(
            f"{out} will take about {expected / 1e9:.2f} GB; fewer images or a smaller size take "
            "less, and an .mp4 least",
            SizeWarning,
            stacklevel=3,
        )
