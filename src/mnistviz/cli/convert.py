"""``mnistviz convert``."""

from pathlib import Path

import click

from mnistviz.cli import source_options as options
from mnistviz.cli.option_groups import Command


@click.command(cls=Command)
@click.argument("folder", type=options.UNCHECKED)
@click.option(
    "--out",
    type=options.UNCHECKED,
    metavar="DIR",
    required=True,
    help="Folder to write: a new or an empty one.",
)
def convert(folder: Path, out: Path) -> None:
    """Write FOLDER, train/CLASS/*.png and test/CLASS/*.png, as four IDX files and classes.txt."""
    from mnistviz.datasets.convert import convert_folder
    from mnistviz.frame.words import counted

    data = convert_folder(folder, out)
    click.echo(
        f"{out}: {counted(len(data.train), 'image')} to train with, "
        f"{len(data.test):,} to test with, {len(data.classes)} classes"
    )
