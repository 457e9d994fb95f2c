"""Which format a film has, and when its pictures are on."""

from pathlib import Path

from mnistviz.config import FilmConfig, PictureConfig
from mnistviz.film.introduction import SECONDS, STEPS
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.choose import format_of, kind_of
from mnistviz.formats.gif import GIF_RATE
from mnistviz.formats.timeline import Timeline
from mnistviz.training_film.moments import GROWING, HELD

GIF_PICTURES = 10  # a second, of what moves all the time; more would be megabytes


def container_for(
    out: Path | str, film: FilmConfig, picture: PictureConfig, images: int
) -> FilmFormat:
    """Return the kind of film, or an error if it cannot last as it should."""
    kind, opening = kind_of(out), STEPS * SECONDS if film.intro else 0
    seconds, rate = film.seconds_per_image, film.frame_rate
    if kind == ".gif":
        lead, hold = opening * GIF_PICTURES, GIF_RATE // GIF_PICTURES
        timeline = Timeline(images, seconds, GIF_RATE, lead=lead, lead_hold=hold)
    else:
        timeline = Timeline(images, seconds, rate, film.seconds_of_transition, opening * rate)
    return format_of(kind, picture.size, timeline, film)


def training_container(out: Path | str, film: FilmConfig, picture: PictureConfig) -> FilmFormat:
    """Return the kind of a training film; every picture of it is on for the same time."""
    kind, seconds, rate = kind_of(out), GROWING + HELD, film.frame_rate
    if kind == ".gif":
        timeline = Timeline(seconds * GIF_PICTURES, 1 / GIF_PICTURES, GIF_RATE)
    else:
        timeline = Timeline(seconds * rate, 1 / rate, rate)
    return format_of(kind, picture.size, timeline, film)
