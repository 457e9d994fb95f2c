"""``mnistviz render``."""

import hashlib
from pathlib import Path

import click
from click.core import ParameterSource

from mnistviz.cli import film_options, headings, options, settings
from mnistviz.cli.bars import Bars
from mnistviz.cli.headings import HeadedCommand
from mnistviz.config import FilmConfig, PictureConfig
from mnistviz.errors import OptionError
from mnistviz.results import Film, TrainingFilm

# What a film of a training has a use for.
OF_TRAINING = {
    *("training", "out", "data", "mirror", "frame_rate", "quality", "size", "theme", "weights"),
    *("captions", "poster", "hashed", "quiet", "config", "print_config"),
}


@click.command(cls=HeadedCommand)
@settings.file
@options.out(".mp4 or .gif")
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
@options.picture
@headings.of_file(
    "--hash", "hashed", is_flag=True, help="Print SHA-256 of the drawing and the file."
)
@options.quiet
@click.pass_context
def render(
    context: click.Context,
    out: Path,
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
    from mnistviz import checks, pipeline, wording
    from mnistviz.loading import load_dataset

    if training:
        _refuse_what_is_about_images(context)
        _render_training(out, data, mirror, film, picture, hashed, quiet)
        return
    checks.check_film(out, film, picture)
    known = options.read_model(model, input_scale, input_shift)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = pipeline.render_film(dataset, known, out, film, picture, bars, hashed, images)
    megabytes = done.path.stat().st_size / 1e6
    click.echo(
        f"{done.path}: {done.images} images, {done.seconds:.3f} s, {done.size[0]}x{done.size[1]}, "
        f"{megabytes:.1f} MB"
        + ("" if done.right is None else f", {wording.percent(done.right / done.images)} right")
    )
    for own in done.predictions:
        click.echo(wording.answer(own.image, own.predicted, own.share))
    _tell_more(done)


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
    out: Path,
    data: str,
    mirror: str | None,
    film: FilmConfig,
    picture: PictureConfig,
    hashed: bool,
    quiet: bool,
) -> None:
    from mnistviz import checks, training_film, wording
    from mnistviz.loading import load_dataset

    checks.check_training_film(out, film, picture)
    with Bars(quiet) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = training_film.render_training(
            dataset, out, film=film, picture=picture, progress=bars, hashed=hashed
        )
    megabytes, (width, height) = done.path.stat().st_size / 1e6, done.size
    click.echo(
        f"{done.path}: {done.steps} steps, {done.seconds:.3f} s, {width}x{height}, "
        f"{megabytes:.1f} MB, {wording.percent(done.accuracy)} right, "
        f"cross-entropy {done.cross_entropy:.3f}"
    )
    _tell_more(done)


def _tell_more(done: Film | TrainingFilm) -> None:
    """Tell of the files beside the film, and of the hashes that were asked for."""
    if done.captions:
        click.echo(f"captions {done.captions}")
    if done.poster:
        click.echo(f"poster {done.poster}")
    if done.drawn_sha256:
        click.echo(f"drawn {done.drawn_sha256}")
        with done.path.open("rb") as file:
            click.echo(f"file  {hashlib.file_digest(file, 'sha256').hexdigest()}")
