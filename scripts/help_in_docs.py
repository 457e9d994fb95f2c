"""Write today's `--help` of every command into docs/commands.md; with --check only compare."""

import re
import sys
from pathlib import Path

import click

from mnistviz.cli.app import cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
BLOCK = re.compile(r"(```text\n\$ mnistviz( [\w-]+)? --help\n).*?(```)", re.DOTALL)


def help_of(name: str) -> str:
    """Return what `mnistviz [NAME] --help` prints on a terminal 100 columns wide."""
    parent = click.Context(cli, info_name="mnistviz", terminal_width=100, **cli.context_settings)
    if not name:
        return parent.get_help()
    command = cli.commands[name]
    return click.Context(command, parent=parent, info_name=name).get_help()


def main() -> None:
    """Write the page if it is out of date, or with --check exit 1."""
    old = PAGE.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda m: f"{m[1]}{help_of((m[2] or '').strip())}\n{m[3]}", old)
    if "--check" not in sys.argv:
        PAGE.write_text(new, encoding="utf-8")
    elif new != old:
        sys.exit("docs/commands.md shows an old --help: run 'make commands'")


if __name__ == "__main__":
    main()
