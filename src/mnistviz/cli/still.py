"""``mnistviz still``."""

from pathlib import Path

import click

from mnistviz.cli import options
from mnistviz.cli.bars import Bars
from mnistviz.config import PictureConfig


@click.command()
@click.option("--index", type=int, required=True, help="Which test image, counted from 0.")
@options.out(".png, .svg or .pdf")
@options.model
@options.data
@options.mirror
@options.size
@options.theme
@options.quiet
def still(
    index: int,
    out: Path,
    model: Path | None,
    data: str,
    mirror: str | None,
    size: tuple[int, int],
    theme: str,
    quiet: bool,
) -> None:
    """Draw one test image on its way through the network."""
    from mnistviz import pipeline
    from mnistviz.loading import load_dataset

    picture = PictureConfig(size, theme)
    pipeline.check_still(out, model, picture)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        pipeline.draw_still(dataset, index, out, model, picture, bars)
    click.echo(f"{out}: {dataset.noun} {index}, {size[0]}x{size[1]}")
