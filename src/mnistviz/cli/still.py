"""``mnistviz still``."""

from pathlib import Path

import click

from mnistviz.cli import headings
from mnistviz.cli import look_options as looks
from mnistviz.cli import source_options as options
from mnistviz.cli.headings import HeadedCommand
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import PictureConfig


@click.command(cls=HeadedCommand)
@headings.of_images("--index", type=int, help="Which test image, counted from 0.")
@headings.of_images(
    "--image",
    type=options.UNCHECKED,
    help="Own picture to show instead: a drawing or photo, dark on light or light on dark.",
)
@options.out(".png, .svg or .pdf")
@options.model
@options.input_scale
@options.input_shift
@options.data
@options.mirror
@looks.picture
@options.quiet
def still(
    index: int | None,
    image: Path | None,
    out: Path,
    model: Path | None,
    input_scale: options.Scale | None,
    input_shift: options.Scale | None,
    data: str,
    mirror: str | None,
    picture: PictureConfig,
    quiet: bool,
) -> None:
    """Draw one image on its way through the network: of the test images, or your own."""
    from mnistviz.datasets.load import load_dataset
    from mnistviz.film import checks
    from mnistviz.film import render as pipeline
    from mnistviz.frame import words as wording

    chosen = _one_of(index, image)
    checks.check_still(out, picture)
    known = options.read_model(model, input_scale, input_shift)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = pipeline.draw_still(dataset, chosen, out, known, picture, bars).prediction
    told = wording.answer(done.image, done.predicted, done.share) if image else done.image
    click.echo(f"{out}: {told}, {picture.size[0]}x{picture.size[1]}")


def _one_of(index: int | None, image: Path | None) -> int | Path:
    """Return the one that was given."""
    if index is not None and image is not None:
        raise click.UsageError("--index and --image exclude each other: give one of them")
    chosen = image if index is None else index
    if chosen is None:
        raise click.UsageError("which image? Give --index, a test image, or --image, a file")
    return chosen
