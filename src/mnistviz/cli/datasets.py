"""``mnistviz datasets``."""

import click

from mnistviz.cli.option_groups import Command
from mnistviz.datasets.named_sets import SETS, NamedSet
from mnistviz.errors import OutputError

_HEADINGS = ("NAME", "SET", "TRAIN", "TEST", "LICENCE", "MB", "STATE")


@click.command(cls=Command)
def datasets() -> None:
    """List the data sets that can be had by name."""
    rows = [_HEADINGS, *map(_row, SETS.values())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row, named in zip(rows, (None, *SETS.values()), strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
        if named:
            click.echo(f"  {', '.join(named.classes)}")


def _row(named: NamedSet) -> tuple[str, ...]:
    facts = (f"{named.train:,}", f"{named.test:,}", named.licence, f"{named.size / 1e6:.1f}")
    return (named.name, named.title, *facts, _state(named))


def _state(named: NamedSet) -> str:
    from mnistviz.datasets.cache import missing_files, set_folder

    if named.bundled:
        return "bundled"
    try:
        folder = set_folder(named)
    except OutputError:  # `fetch` says why
        return "no cache"
    return "not fetched" if missing_files(named, folder) else "cached"
