"""``mnistviz evaluate``."""

import json
from pathlib import Path

import click

from mnistviz.cli import source_options as options
from mnistviz.cli.progress_bar import Bars


@click.command()
@options.out(".pdf, .png or .html", required=False)
@options.model
@options.input_scale
@options.input_shift
@options.data
@options.mirror
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@options.quiet
def evaluate(
    out: Path | None,
    model: Path | None,
    input_scale: options.Scale | None,
    input_shift: options.Scale | None,
    data: str,
    mirror: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell how good a model is on the test images, and write a report of it."""
    from mnistviz.datasets.load import load_dataset
    from mnistviz.output import check_target
    from mnistviz.report import table
    from mnistviz.report import write as report

    if out:
        check_target(out, report.REPORT_SUFFIXES)
    known = options.read_model(model, input_scale, input_shift)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        evaluation = report.evaluate(dataset, known, out, bars)
    if as_json:
        click.echo(json.dumps(evaluation.as_json(), indent=2))
        return
    for line in table.lines(evaluation):
        click.echo(line)
    if out:
        click.echo(f"\n{out}: the report")
