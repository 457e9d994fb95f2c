"""``mnistviz render`` and ``mnistviz render-training``."""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import (
    config_file,
    film_options,
    look_options,
    source_options,
    training_options,
)
from mnistviz.cli.option_groups import HeadedCommand, of_file, of_images, of_timing
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import Encoding, PictureConfig, Selection, Timing, Wording, Workers
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.model.training_config import TrainingConfig

hash_option = of_file(
    "--hash",
    "hashed",
    is_flag=True,
    help="Print SHA-256 of the drawing, and of the file, or of a folder's files in turn.",
)


@click.command(cls=HeadedCommand)
@config_file.config
@source_options.film_out
@source_options.model
@source_options.data
@of_images(
    "--images",
    type=source_options.UNCHECKED,
    help="Folder of own pictures to show instead, in the order of their names: drawings or "
    "photos, dark on light or light on dark. As 7_a.png or seven/a.png, they are judged.",
)
@of_images("--strict", is_flag=True, help="Stop at an own picture that cannot be used.")
@film_options.show_steps
@film_options.intro
@of_timing(
    "--flip",
    is_flag=True,
    help="End each mistake with the fewest pixels that make the answer right, one after another, "
    "in 3 seconds.",
)
@of_file(
    "--explorer",
    metavar="URL",
    default="",
    help="Address on the web of an explorer, for the description in an .mp4 or .webm.",
)
@film_options.selection
@film_options.timing
@film_options.encoding
@look_options.picture
@look_options.wording
@hash_option
@film_options.workers
@source_options.quiet
def render(
    out: str,
    model: Any,
    data: Any,
    images: Path | None,
    strict: bool,
    show_steps: Path | None,
    intro: tuple[str, ...],
    flip: bool,
    explorer: str,
    selection: Selection,
    timing: Timing,
    encoding: Encoding,
    picture: PictureConfig,
    wording: Wording,
    hashed: bool,
    workers: Workers,
    quiet: bool,
) -> None:
    """Render a film of images on their way through the network: test images, or your own."""
    from mnistviz.film import render as film
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH

    with Bars(quiet, source_options.TRAINING_FIRST) as bars:
        done = film.render(
            data,
            model,
            out,
            selection,
            timing,
            encoding,
            picture,
            wording=wording,
            images=images,
            strict=strict,
            show_steps=show_steps,
            intro=intro,
            flip=flip,
            explorer=explorer,
            workers=workers,
            hashed=hashed,
            progress=bars,
        )
    right = "" if done.right is None else f", {ENGLISH.percent(done.right / done.images)} right"
    echo = echo_for(out)
    shows = words.counted(ENGLISH, done.images, "image")
    echo(f"{_about(out, shows, done.seconds, done.size)}{right}")
    for own in done.predictions:
        echo(words.answer(ENGLISH, own.image, own.predicted, own.probability, own.true))
    _echo_files(out, done)
    if done.skipped:
        click.get_current_context().exit(1)


@click.command(cls=HeadedCommand)
@config_file.config
@source_options.film_out
@source_options.data
@training_options.training
@film_options.training_timing
@film_options.encoding
@look_options.training_picture
@look_options.wording
@hash_option
@film_options.workers
@source_options.quiet
def render_training(
    out: str,
    data: Any,
    config: TrainingConfig,
    timing: Timing,
    encoding: Encoding,
    picture: PictureConfig,
    wording: Wording,
    hashed: bool,
    workers: Workers,
    quiet: bool,
) -> None:
    """Render a film of a training, in which the weights grow from grey."""
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH
    from mnistviz.training import render as film

    with Bars(quiet) as bars:
        done = film.render_training(
            data,
            out,
            config,
            encoding=encoding,
            timing=timing,
            picture=picture,
            hashed=hashed,
            workers=workers,
            wording=wording,
            progress=bars,
        )
    shows = words.counted(ENGLISH, done.steps, "step")
    echo_for(out)(
        f"{_about(out, shows, done.seconds, done.size)}, "
        f"{ENGLISH.percent(done.accuracy)} right, cross-entropy {done.cross_entropy:.3f}"
    )
    _echo_files(out, done)


def echo_written(out: str, images: int, film: WrittenFilm | None) -> None:
    """Print what was written: a film, or a picture or page of so many images."""
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH

    shows = words.counted(ENGLISH, images, "image")
    if film is None:
        echo_for(out)(f"{out}: {shows}")
    else:
        echo_for(out)(_about(out, shows, film.seconds, film.size))
        _echo_files(out, film)


def _is_stream(out: str) -> bool:
    from mnistviz.formats.choose import STREAM, kind_of

    return kind_of(out) == STREAM


def echo_for(out: str) -> Callable[[str], None]:
    """Return what prints results: on stderr, if the film itself is on stdout."""
    return partial(click.echo, err=_is_stream(out))


def _files(out: str) -> list[Path]:
    """Return the files that a film is, in order; none, if it went to stdout."""
    if _is_stream(out):
        return []
    path = Path(out)
    return sorted(path.iterdir()) if path.is_dir() else [path]


def _about(out: str, shows: str, seconds: float, size: tuple[int, int]) -> str:
    """Return what a film is in words, with its length and sizes."""
    files = _files(out)
    megabytes = f", {sum(path.stat().st_size for path in files) / 1e6:.1f} MB" if files else ""
    return f"{Path(out)}: {shows}, {seconds:.3f} s, {size[0]}x{size[1]}{megabytes}"


def _echo_files(out: str, done: WrittenFilm) -> None:
    """Print the files next to the film, and the hashes that were asked for."""
    echo, files = echo_for(out), _files(out)
    if done.found:
        echo(f"went on from a run that was broken off, with {done.found} of its segments")
    if done.captions:
        echo(f"captions {done.captions}")
    if done.poster:
        echo(f"poster {done.poster}")
    if done.drawn_sha256:
        echo(f"drawn {done.drawn_sha256}")
        if files:  # a stream's hash is its reader's to take
            echo(f"file  {_sha256(files)}")


def _sha256(files: Iterable[Path]) -> str:
    """Return the hash of files one after another, as of their concatenation."""
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while part := file.read(2**20):
                whole.update(part)
    return whole.hexdigest()
