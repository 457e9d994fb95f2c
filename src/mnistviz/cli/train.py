"""``mnistviz train``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import look_options, source_options, training_options
from mnistviz.cli.option_groups import HeadedCommand, of_file
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import Wording
from mnistviz.model.training_config import TrainingConfig


@click.command(cls=HeadedCommand)
@source_options.out(".npz")
@of_file(
    "--log",
    metavar="PATH",
    type=source_options.UNCHECKED,
    help="File to write with accuracy and cross-entropy by step, in training and on the test "
    "images: a table as .csv, or curves as .png or .svg.",
)
@source_options.data
@training_options.training
@look_options.wording
@source_options.quiet
def train(
    out: Path,
    log: Path | None,
    data: Any,
    config: TrainingConfig,
    wording: Wording,
    quiet: bool,
) -> None:
    """Train a softmax regression and write it to a file."""
    from mnistviz.datasets.load import loaded
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH
    from mnistviz.training import train as training
    from mnistviz.training.log import is_drawn

    wording = look_options.wording_of(wording, seen=is_drawn(log))
    training.check(data, out, log, wording)  # before a set is fetched
    with Bars(quiet) as bars:
        dataset = loaded(data, bars)
        trained = training.train(dataset, out, config, bars, log, wording)
    accuracy = ENGLISH.percent(trained.training[f"{config.unseen}_accuracy"])
    measured = trained.training[f"{config.unseen}_images"]
    images = words.counted(ENGLISH, measured, f"{config.unseen} {dataset.noun}")
    click.echo(f"{out}: {accuracy} of {images} right")
    if log is not None:
        click.echo(f"log {log}")
