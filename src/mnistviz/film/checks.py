"""What can be found out before there are data, which may take long to come."""

import warnings
from pathlib import Path

from mnistviz.config import TEST_IMAGES, FilmConfig, PictureConfig
from mnistviz.drawing.matplotlib_renderer import can_draw
from mnistviz.drawing.text import is_legible, legible
from mnistviz.errors import OptionError, OutputError, SizeWarning
from mnistviz.film.film_formats import container_for, training_container
from mnistviz.film.still import STILL_SUFFIXES
from mnistviz.folder_output import check_new_folder
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.beside import check_beside
from mnistviz.formats.choose import FILM_SUFFIXES, FOLDER, STREAM, kind_of
from mnistviz.formats.companions import Companions
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.streaming import stdout
from mnistviz.frame.fit import check_size
from mnistviz.output import check_target

MODEL_SUFFIXES = (".npz",)


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
    _check_film_target(out)
    check_beside(Path(out), film)
    check_picture(picture)
    _check_ffmpeg(container_for(out, film, picture, film.count or TEST_IMAGES), film)


def _check_film_target(out: Path | str) -> None:
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


def _check_ffmpeg(container: FilmFormat, film: FilmConfig) -> None:
    """Make sure that there is an ffmpeg that can write the film, where one is to."""
    if film.captions:
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
    _check_film_target(out)
    check_beside(Path(out), film)
    check_size(picture.size)
    _check_ffmpeg(training_container(out, film, picture), film)
