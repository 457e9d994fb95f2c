"""``mnistviz evaluate``."""

import json
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import look_options, source_options
from mnistviz.cli.option_groups import Command
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import Wording


@click.command(cls=Command)
@source_options.out(".pdf, .png or .html, of several models .html", required=False)
@source_options.explorer
@source_options.models
@source_options.data
@look_options.wording
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@source_options.quiet
def evaluate(
    out: Path | None,
    explorer: Path | str,
    models: tuple[Any, ...],
    data: Any,
    wording: Wording,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell how good a model is on the test images, and write a report of it.

    Of two or three models, tell how they compare.
    """
    from mnistviz.report import compare, comparison, table
    from mnistviz.report import write as report

    wording = look_options.wording_of(wording, seen=out is not None)
    with Bars(quiet, source_options.TRAINING_FIRST) as bars:
        if len(models) == 1:
            evaluation = report.evaluate(data, models[0], out, wording, bars, explorer=explorer)
            numbers, lines = evaluation.as_json(), table.lines(evaluation)
        else:
            page = _report(out, explorer)
            done = compare.compare(data, models, page, wording=wording, progress=bars)
            compared = done.comparison
            numbers, lines = compared.as_json(), comparison.lines(compared)
    if as_json:
        click.echo(json.dumps(numbers, indent=2))
        return
    for line in lines:
        click.echo(line)
    if out:
        click.echo(f"\n{out}: the report")


def _report(out: Path | None, explorer: Path | str) -> Path | None:
    """Return the file of a report of several models, which is a page without links."""
    if explorer:
        raise click.BadParameter(
            "an explorer shows one model, and this is a report of several: leave it out",
            param_hint="--explorer",
        )
    if out and out.suffix.lower() != ".html":
        raise click.BadParameter(
            f"the report of several models is an .html (got {out}); "
            "'mnistviz compare' draws films and pictures",
            param_hint="--out",
        )
    return out
