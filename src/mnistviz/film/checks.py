"""What can be found out before there are data, which may take long to come."""

from pathlib import Path

from mnistviz.config import TEST_IMAGES, FilmConfig, PictureConfig
from mnistviz.drawing.matplotlib_renderer import can_draw
from mnistviz.drawing.text import is_legible, legible
from mnistviz.errors import OptionError
from mnistviz.film.introduction import SECONDS, STEPS
from mnistviz.film.still import STILL_SUFFIXES
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.choose import check_film_target, format_of, kind_of, rates_of
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.notes import check_companions
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.fit import check_size
from mnistviz.output import check_target
from mnistviz.training_film.moments import GROWING, HELD

MODEL_SUFFIXES = (".npz",)
REPORT_SUFFIXES = (".pdf", ".png", ".html")
EXPLORER_SUFFIXES = (".html",)


def check_training(out: Path) -> None:
    """Find out what stands against a training before there are data; errors as `train_model`."""
    check_target(out, MODEL_SUFFIXES)


def check_film(out: Path | str, film: FilmConfig, picture: PictureConfig) -> None:
    """Find out what stands against a film before there are data, which may take long to come.

    Parameters
    ----------
    out, film, picture
        As of `render_film`.

    Raises
    ------
    MnistvizError
        As `render_film`.
    """
    check_film_target(out)
    check_companions(Path(out), film.captions, film.poster)
    check_picture(picture)
    timeline = timeline_for(out, film, film.count or TEST_IMAGES)
    _check_ffmpeg(format_for(out, film, picture, timeline), film)


def timeline_for(out: Path | str, film: FilmConfig, images: int) -> Timeline:
    """Return the timeline of a film of so many images."""
    rate, moving = rates_of(kind_of(out), film.frame_rate)
    transition = film.seconds_of_transition if rate == moving else 0  # a GIF cuts
    lead = STEPS * SECONDS * moving if film.intro else 0
    return Timeline(images, film.seconds_per_image, rate, transition, lead, rate // moving)


def training_timeline(out: Path | str, film: FilmConfig) -> Timeline:
    """Return the timeline of a training film, which moves all the time."""
    rate, moving = rates_of(kind_of(out), film.frame_rate)
    return Timeline((GROWING + HELD) * moving, 1 / moving, rate)


def format_for(
    out: Path | str,
    film: FilmConfig,
    picture: PictureConfig,
    timeline: Timeline,
    captions: str = "",
    metadata: str = "",
) -> FilmFormat:
    """Return the format of a film; errors and the last two parameters as of `format_of`."""
    return format_of(
        kind_of(out),
        picture.size,
        timeline,
        codec=film.codec,
        quality=film.quality,
        variable_frame_rate=film.variable_frame_rate,
        captions=captions,
        metadata=metadata,
    )


def _check_ffmpeg(film_format: FilmFormat, film: FilmConfig) -> None:
    """Make sure that there is an ffmpeg that can write the film, if it needs one."""
    if needs := film_format.needs(film.captions):
        find_ffmpeg(needs)


def check_still(out: Path | str | None, picture: PictureConfig) -> None:
    """Find out what stands against a still before there are data; errors as `draw_still`."""
    if out is not None:
        if not isinstance(out, (Path, str)):
            raise OptionError(
                f"out must be the name of a file, or None (got a {type(out).__name__}); "
                "a model is given by name, as in still(digits, 8, model=model)"
            )
        check_target(Path(out), STILL_SUFFIXES)
    check_picture(picture)


def check_report(out: Path) -> None:
    """Find out what stands against a report before there are data; errors as `evaluate`."""
    check_target(out, REPORT_SUFFIXES)


def check_explorer(out: Path, film: FilmConfig) -> None:
    """Find out what stands against an explorer before there are data; errors as `explore`."""
    names = ("count", "indices", "classes", "only", "order", "order_seed")
    if film != FilmConfig(**{name: getattr(film, name) for name in names}):
        raise OptionError(f"an explorer is no film: give {', '.join(names)} alone")
    check_target(out, EXPLORER_SUFFIXES)


def check_picture(picture: PictureConfig) -> None:
    """Refuse a size that no picture can have, or a title that cannot be drawn."""
    check_size(picture.size)
    if picture.title and not is_legible(picture.title, can_draw):
        latin = legible(picture.title, can_draw)
        raise OptionError(
            f"the title {picture.title!r} has characters that cannot be drawn; try {latin!r}"
        )


def check_training_film(out: Path | str, film: FilmConfig, picture: PictureConfig) -> None:
    """Find out what stands against a training film before there are data.

    Raises
    ------
    MnistvizError
        As `render_training`.
    """
    fields = ("frame_rate", "codec", "quality", "captions", "poster")
    if film != FilmConfig(**{name: getattr(film, name) for name in fields}):
        raise OptionError(
            "a training film shows no images: give its frame rate, codec, quality, captions and "
            "poster alone"
        )
    if picture != PictureConfig(picture.size, picture.theme, weights=picture.weights):
        raise OptionError(
            "a training film has neither bars nor a title: give its size, theme and weights alone"
        )
    check_film_target(out)
    check_companions(Path(out), film.captions, film.poster)
    check_size(picture.size)
    _check_ffmpeg(format_for(out, film, picture, training_timeline(out, film)), film)
