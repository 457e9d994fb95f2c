"""``mnistviz render``."""

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from mnistviz.cli import config_file as settings
from mnistviz.cli import film_options, headings
from mnistviz.cli import look_options as looks
from mnistviz.cli import source_options as options
from mnistviz.cli.headings import HeadedCommand
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import FilmConfig, PictureConfig
from mnistviz.errors import OptionError
from mnistviz.film.result import Film, TrainingFilm

STREAM = "-"  # the name of stdout

# What a film of a training has a use for.
OF_TRAINING = {
    *("training", "out", "data", "mirror", "frame_rate", "codec", "quality", "size", "theme"),
    *("weights", "captions", "poster", "hashed", "quiet", "config", "print_config"),
}


@click.command(cls=HeadedCommand)
@settings.file
@options.film_out
@headings.of_images(
    "--training",
    is_flag=True,
    help="Show how a model is trained instead: 12 seconds of weights that grow from grey.",
)
@options.model
@options.input_scale
@options.input_shift
@options.data
@options.mirror
@headings.of_images(
    "--images",
    type=options.UNCHECKED,
    help="Folder of own pictures to show instead, in the order of their names: drawings or "
    "photos, dark on light or light on dark.",
)
@film_options.film
@looks.picture
@headings.of_file(
    "--hash",
    "hashed",
    is_flag=True,
    help="Print SHA-256 of the drawing, and of the file, or of a folder's files in turn.",
)
@options.quiet
@click.pass_context
def render(
    context: click.Context,
    out: str,
    training: bool,
    model: Path | None,
    input_scale: options.Scale | None,
    input_shift: options.Scale | None,
    data: str,
    mirror: str | None,
    images: Path | None,
    film: FilmConfig,
    picture: PictureConfig,
    hashed: bool,
    quiet: bool,
) -> None:
    """Render a film of images on their way through the network: test images, or your own."""
    from mnistviz.datasets.load import load_dataset
    from mnistviz.film import checks
    from mnistviz.film import render as pipeline
    from mnistviz.frame import words as wording

    if training:
        _refuse_what_is_about_images(context)
        _render_training(out, data, mirror, film, picture, hashed, quiet)
        return
    checks.check_film(out, film, picture)
    known = options.read_model(model, input_scale, input_shift)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = pipeline.render_film(dataset, known, out, film, picture, bars, hashed, images)
    right = "" if done.right is None else f", {wording.percent(done.right / done.images)} right"
    tell = _teller(out)
    shows = wording.counted(done.images, "image")
    tell(f"{_about(out, shows, done.seconds, done.size)}{right}")
    for own in done.predictions:
        tell(wording.answer(own.image, own.predicted, own.share))
    _tell_more(out, done)


def _refuse_what_is_about_images(context: click.Context) -> None:
    """Refuse options that contradict --training, if they were given."""
    given = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name not in OF_TRAINING
        and context.get_parameter_source(parameter.name or "")
        in (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT_MAP)
    ]
    if given:
        raise OptionError(
            "--training shows a new model while it learns, and no images at work; leave out "
            + " and ".join(given)
        )


def _render_training(
    out: str,
    data: str,
    mirror: str | None,
    film: FilmConfig,
    picture: PictureConfig,
    hashed: bool,
    quiet: bool,
) -> None:
    from mnistviz.datasets.load import load_dataset
    from mnistviz.film import checks
    from mnistviz.frame import words as wording
    from mnistviz.training_film import render as training_film

    checks.check_training_film(out, film, picture)
    with Bars(quiet) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = training_film.render_training(
            dataset, out, film=film, picture=picture, progress=bars, hashed=hashed
        )
    shows = wording.counted(done.steps, "step")
    _teller(out)(
        f"{_about(out, shows, done.seconds, done.size)}, "
        f"{wording.percent(done.accuracy)} right, cross-entropy {done.cross_entropy:.3f}"
    )
    _tell_more(out, done)


def _teller(out: str) -> Callable[[str], None]:
    """Return what prints a result: on stderr, if the film itself is on stdout."""
    return partial(click.echo, err=out == STREAM)


def _files(out: str) -> list[Path]:
    """Return the files that a film is, in order; none, if it went to stdout."""
    if out == STREAM:
        return []
    path = Path(out)
    return sorted(path.iterdir()) if path.is_dir() else [path]


def _about(out: str, shows: str, seconds: float, size: tuple[int, int]) -> str:
    """Return what a film is in words, with its length and sizes."""
    files = _files(out)
    megabytes = f", {sum(path.stat().st_size for path in files) / 1e6:.1f} MB" if files else ""
    return f"{Path(out)}: {shows}, {seconds:.3f} s, {size[0]}x{size[1]}{megabytes}"


def _tell_more(out: str, done: Film | TrainingFilm) -> None:
    """Tell of the files beside the film, and of the hashes that were asked for."""
    tell, files = _teller(out), _files(out)
    if done.captions:
        tell(f"captions {done.captions}")
    if done.poster:
        tell(f"poster {done.poster}")
    if done.drawn_sha256:
        tell(f"drawn {done.drawn_sha256}")
        if files:  # a stream's hash is its reader's to take
            tell(f"file  {_sha256(files)}")


def _sha256(files: Iterable[Path]) -> str:
    """Return the hash of files one after another, as of their concatenation."""
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while part := file.read(2**20):
                whole.update(part)
    return whole.hexdigest()
