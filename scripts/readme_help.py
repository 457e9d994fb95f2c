"""Puts the `--help` of each command into README.md; with --check only tells whether it is there."""

import re
import sys
from pathlib import Path

import click

from mnistviz.cli import cli

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(```text\n\$ mnistviz( \w+)? --help\n).*?(```)", re.DOTALL)


def help_of(name: str) -> str:
    """Return what `mnistviz [NAME] --help` prints on a terminal 100 columns wide."""
    parent = click.Context(cli, info_name="mnistviz", terminal_width=100, **cli.context_settings)
    if not name:
        return parent.get_help()
    command = cli.commands[name]
    return click.Context(command, parent=parent, info_name=name).get_help()


def refreshed(readme: str) -> str:
    """Return the README with every block of help made anew."""
    return BLOCK.sub(lambda m: f"{m[1]}{help_of((m[2] or '').strip())}\n{m[3]}", readme)


def main() -> None:
    """Write README.md, or with --check exit 1 if it is stale."""
    old = README.read_text(encoding="utf-8")
    new = refreshed(old)
    if "--check" not in sys.argv:
        README.write_text(new, encoding="utf-8")
    elif new != old:
        sys.exit("README.md shows an old --help: run 'make readme'")


if __name__ == "__main__":
    main()
