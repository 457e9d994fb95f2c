"""``mnistviz convert``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import source_options as options
from mnistviz.cli.option_groups import Command, Option


@click.command(cls=Command)
@click.argument("data", metavar="NAME|FOLDER|FILE")
@click.option(
    "--out",
    cls=Option,
    type=options.UNCHECKED,
    metavar="DIR",
    required=True,
    help="Folder to write: a new or an empty one.",
)
@options.form
def convert(data: Any, out: Path) -> None:
    """Write any data set as four IDX files and classes.txt, which load fast."""
    from mnistviz.datasets import convert as datasets
    from mnistviz.frame.words import counted
    from mnistviz.language.language import ENGLISH

    dataset = datasets.convert(data, out)
    click.echo(
        f"{out}: {counted(ENGLISH, len(dataset.train), 'image')} to train with, "
        f"{len(dataset.test):,} to test with, {len(dataset.classes)} classes"
    )
