"""``mnistviz evaluate``."""

import json
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import source_options
from mnistviz.cli.option_groups import Command
from mnistviz.cli.progress_bar import Bars


@click.command(cls=Command)
@source_options.out(".pdf, .png or .html", required=False)
@source_options.model
@source_options.data
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@source_options.quiet
def evaluate(out: Path | None, model: Any, data: Any, as_json: bool, quiet: bool) -> None:
    """Tell how good a model is on the test images, and write a report of it."""
    from mnistviz.report import table
    from mnistviz.report import write as report

    with Bars(quiet, source_options.TRAINING_FIRST) as bars:
        evaluation = report.evaluate(data, model, out, bars)
    if as_json:
        click.echo(json.dumps(evaluation.as_json(), indent=2))
        return
    for line in table.lines(evaluation):
        click.echo(line)
    if out:
        click.echo(f"\n{out}: the report")
