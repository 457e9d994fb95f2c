"""``mnistviz fetch``."""

from pathlib import Path

import click

from mnistviz.cli import source_options
from mnistviz.cli.option_groups import Command, Option
from mnistviz.cli.progress_bar import Bars
from mnistviz.datasets.named_sets import SETS


@click.command(cls=Command)
@click.argument("name", type=click.Choice(list(SETS)))
@click.option(
    "--to",
    cls=Option,
    type=source_options.UNCHECKED,
    help="Folder to copy the files to.  [default: leave them in the cache, or in the package]",
)
@source_options.mirror
@source_options.quiet
def fetch(name: str, to: Path | None, mirror: str | None, quiet: bool) -> None:
    """Fetch a data set, verified, and print its folder."""
    from mnistviz.datasets.cache import copy_set, make_folder
    from mnistviz.datasets.fetch import fetch_set

    if to:
        make_folder(to)
    with Bars(quiet) as bars:
        folder = fetch_set(SETS[name], mirror, bars)
    if to:
        copy_set(SETS[name], folder, to)
    click.echo(to or folder)
