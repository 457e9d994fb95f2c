"""``mnistviz train``."""

from pathlib import Path

import click

from mnistviz.cli import source_options as options
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import TrainingConfig


@click.command()
@options.out(".npz")
@options.data
@options.mirror
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
@options.quiet
def train(
    out: Path, data: str, mirror: str | None, smoothness: float, seed: int, quiet: bool
) -> None:
    """Train a softmax regression and write it to a file."""
    from mnistviz.datasets.load import load_dataset
    from mnistviz.film import checks
    from mnistviz.frame import words as wording
    from mnistviz.model import train as models

    config = TrainingConfig(smoothness=smoothness, seed=seed)
    checks.check_training(out)
    with Bars(quiet) as bars:
        dataset = load_dataset(data, mirror, bars)
        trained = models.train_model(dataset, out, config, bars)
    accuracy = wording.percent(trained.training["test_accuracy"])
    click.echo(f"{out}: {accuracy} of {len(dataset.test):,} test {dataset.noun}s right")
