"""``mnistviz doctor``."""

import json
import shutil
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from mnistviz.cli.option_groups import Command
from mnistviz.errors import harmless

if TYPE_CHECKING:
    from mnistviz.doctor import Finding

COLOURS = {"ok": "green", "note": "yellow", "fail": "red"}
STATE, SUBJECT = 6, 16  # widths of the first two columns, with the space after them


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON.")
@click.option(
    "--remove-unfinished",
    is_flag=True,
    help="Remove what films that were broken off have left in this folder.",
)
@click.pass_context
def doctor(context: click.Context, as_json: bool, remove_unfinished: bool) -> None:
    """Tell what is found and what is missing, and what to do.

    Exit status: 0 if a film can be made, 1 if not.
    """
    from mnistviz.doctor import examine

    findings = []
    for finding in examine(remove_unfinished):
        findings.append(finding)
        if not as_json:
            _print(finding)
    working = all(finding.state != "fail" for finding in findings)
    if as_json:
        listed = [asdict(finding) for finding in findings]
        click.echo(json.dumps({"ok": working, "findings": listed}, indent=2))
    else:
        click.echo("\nA film can be made." if working else "\nNo film can be made: see 'fail'.")
    context.exit(0 if working else 1)


def _print(finding: "Finding") -> None:
    """Print a finding, its advice below it."""
    state, failed = finding.state, finding.state == "fail"
    label = click.style(f"{state:<{STATE}}", fg=COLOURS[state], bold=failed)
    # What ffmpeg says of itself, and names of folders, are not ours.
    click.echo(label + _wrapped(f"{finding.subject:<{SUBJECT}}", harmless(finding.text)))
    if finding.advice:
        click.echo(" " * STATE + _wrapped(" " * SUBJECT, finding.advice))


def _wrapped(start: str, text: str) -> str:
    """Return a text after its start, in as many lines as the terminal's width needs."""
    indent = " " * (STATE + SUBJECT)
    width = max(shutil.get_terminal_size().columns - STATE, 60)
    lines = textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(lines)
