"""Puts today's `--help` into README and docs; with --check only tells whether it is there."""

import re
import sys
from pathlib import Path

import click

from mnistviz.cli.app import cli

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
BLOCK = re.compile(r"(```text\n\$ mnistviz( [\w-]+)? --help\n).*?(```)", re.DOTALL)


def help_of(name: str) -> str:
    """Return what `mnistviz [NAME] --help` prints on a terminal 100 columns wide."""
    parent = click.Context(cli, info_name="mnistviz", terminal_width=100, **cli.context_settings)
    if not name:
        return parent.get_help()
    command = cli.commands[name]
    return click.Context(command, parent=parent, info_name=name).get_help()


def refreshed(page: str) -> str:
    """Return a page with every block of help made anew."""
    return BLOCK.sub(lambda m: f"{m[1]}{help_of((m[2] or '').strip())}\n{m[3]}", page)


def main() -> None:
    """Write the pages that are stale, or with --check exit 1 if there are any."""
    old = {path: path.read_text(encoding="utf-8") for path in PAGES}
    new = {path: refreshed(page) for path, page in old.items()}
    stale = [path for path in PAGES if new[path] != old[path]]
    if "--check" not in sys.argv:
        for path in stale:
            path.write_text(new[path], encoding="utf-8")
    elif stale:
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        sys.exit(f"an old --help is shown in {names}: run 'make readme'")


if __name__ == "__main__":
    main()
