"""``mnistviz train``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import source_options
from mnistviz.cli.option_groups import Command
from mnistviz.cli.progress_bar import Bars
from mnistviz.model.training_config import TrainingConfig


@click.command(cls=Command)
@source_options.out(".npz")
@source_options.data
@click.option(
    "--smoothness",
    type=float,
    metavar="FACTOR",
    default=TrainingConfig.smoothness,
    show_default=True,
    help="The dial from accurate noise, 0, to clear shapes, 0.01.",
)
@click.option(
    "--seed",
    type=int,
    default=TrainingConfig.seed,
    show_default=True,
    help="Seed of the order in which the images come.",
)
@source_options.quiet
def train(out: Path, data: Any, smoothness: float, seed: int, quiet: bool) -> None:
    """Train a softmax regression and write it to a file."""
    from mnistviz.datasets.load import files_of, loaded
    from mnistviz.frame import words
    from mnistviz.model import train as training
    from mnistviz.output import check_apart, check_target

    check_target(out, training.MODEL_SUFFIXES)  # before a set is fetched
    check_apart(out, *files_of(data, out))
    config = TrainingConfig(smoothness=smoothness, seed=seed)
    with Bars(quiet) as bars:
        dataset = loaded(data, bars)
        trained = training.train(dataset, out, config, bars)
    accuracy = words.percent(trained.training["test_accuracy"])
    images = words.counted(len(dataset.test), f"test {dataset.noun}")
    click.echo(f"{out}: {accuracy} of {images} right")
