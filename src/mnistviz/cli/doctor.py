"""``mnistviz doctor``."""

import json
import shutil
import textwrap
from dataclasses import asdict

import click

COLOURS = {"ok": "green", "note": "yellow", "fail": "red"}
MARGIN, SUBJECT = "      ", 16  # the width of a state and of a subject, with what parts them


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Tell what is found and what is missing, and what to do.

    Exit status: 0 if a film can be made, 1 if not.
    """
    from mnistviz.doctor.examination import examine
    from mnistviz.doctor.finding import can_work

    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            _tell(finding.state, finding.subject, finding.told, finding.advice)
    working = can_work(findings)
    if as_json:
        listed = [asdict(finding) for finding in findings]
        click.echo(json.dumps({"ok": working, "findings": listed}, indent=2))
    else:
        click.echo("\nA film can be made." if working else "\nNo film can be made: see 'fail'.")
    context.exit(0 if working else 1)


def _tell(state: str, subject: str, told: str, advice: str) -> None:
    """Print a finding, its advice below it."""
    label = click.style(f"{state:<{len(MARGIN)}}", fg=COLOURS[state], bold=state == "fail")
    click.echo(label + _filled(f"{subject:<{SUBJECT}}", told))
    if advice:
        click.echo(MARGIN + _filled(" " * SUBJECT, advice))


def _filled(start: str, text: str) -> str:
    """Return a text behind its start, in as many lines as the terminal makes of it."""
    indent = " " * (len(MARGIN) + SUBJECT)
    width = max(shutil.get_terminal_size().columns - len(MARGIN), 60)
    lines = textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(lines)
