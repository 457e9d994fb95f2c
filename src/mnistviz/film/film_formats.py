"""Which format a film has, and when its pictures are on."""

import warnings
from pathlib import Path

from mnistviz.config import Encoding, PictureConfig, Timing
from mnistviz.errors import OptionError, OutputError, SizeWarning
from mnistviz.film.introduction import SECONDS, STEPS
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.choose import FILM_SUFFIXES, FOLDER, STREAM, format_of, kind_of
from mnistviz.formats.companions import Companions
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.gif import GIF_RATE
from mnistviz.formats.streaming import stdout
from mnistviz.formats.timeline import Timeline
from mnistviz.output import check_new_folder, check_target

GIF_PICTURES = 10  # a second, of what moves all the time; more would be megabytes


def film_format(
    out: Path | str,
    images: int,
    timing: Timing,
    encoding: Encoding,
    picture: PictureConfig,
    intro: tuple[str, ...] = (),
) -> FilmFormat:
    """Return the kind of film, or an error if it cannot last as it should."""
    kind, opening = kind_of(out), STEPS * SECONDS if intro else 0
    seconds, rate = timing.seconds_per_image, encoding.frame_rate
    if kind == ".gif":
        lead, hold = opening * GIF_PICTURES, GIF_RATE // GIF_PICTURES
        timeline = Timeline(images, seconds, GIF_RATE, lead=lead, lead_hold=hold)
    else:
        timeline = Timeline(images, seconds, rate, timing.seconds_of_transition, opening * rate)
    return _format(kind, timeline, encoding, picture, timing.variable_frame_rate)


def training_format(
    out: Path | str, seconds: int, encoding: Encoding, picture: PictureConfig
) -> FilmFormat:
    """Return the kind of a training film; every picture of it is on for the same time."""
    kind, rate = kind_of(out), encoding.frame_rate
    if kind == ".gif":
        timeline = Timeline(seconds * GIF_PICTURES, 1 / GIF_PICTURES, GIF_RATE)
    else:
        timeline = Timeline(seconds * rate, 1 / rate, rate)
    return _format(kind, timeline, encoding, picture)


def _format(
    kind: str,
    timeline: Timeline,
    encoding: Encoding,
    picture: PictureConfig,
    variable_frame_rate: bool = False,
) -> FilmFormat:
    return format_of(
        kind,
        picture.size,
        timeline,
        codec=encoding.codec,
        quality=encoding.quality,
        variable_frame_rate=variable_frame_rate,
    )


def check_film_target(out: Path | str) -> None:
    """Make sure that a film can be written to a file, a folder or stdout.

    Raises
    ------
    OptionError
        If stdout is a terminal.
    OutputError
        If its kind is unknown, or it cannot be written.
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


def check_ffmpeg(container: FilmFormat, encoding: Encoding) -> None:
    """Make sure that there is an ffmpeg that can write the film, where one is to."""
    if encoding.captions:
        container = container.accompanied(Companions(captions="WEBVTT"))
    if container.needs:
        find_ffmpeg(container.needs)


def warn_of_size(out: Path | str, container: FilmFormat) -> None:
    """Warn of a film that will be larger than people expect, with SizeWarning."""
    if (expected := container.expected_bytes) > container.bearable:
        warnings.warn(
            f"{out} will take about {expected / 1e9:.2f} GB; fewer images or a smaller size take "
            "less, and an .mp4 least",
            SizeWarning,
            stacklevel=3,
        )
