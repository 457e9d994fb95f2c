"""The command line: parses, prints, exits. The work is done in `pipeline`."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import click

from mnistviz import __version__
from mnistviz.cli.render import render
from mnistviz.cli.still import still
from mnistviz.cli.train import train
from mnistviz.errors import MnistvizError, OptionError

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


# \b keeps click from refilling the lines after it.
HELP = """Show a linear classifier at work on handwritten digits.

\b
A film of 60 test digits, with nothing prepared:
  mnistviz render --out video.mp4
One picture of one digit:
  mnistviz still --index 8 --out frame.png
A model to keep, and a film of it:
  mnistviz train --out model.npz
  mnistviz render --model model.npz --out video.mp4
"""


@click.group(
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="'mnistviz COMMAND --help' tells more. Nothing needs a network.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Gather the commands."""


for command in (render, still, train):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 misused, 128 + n stopped by signal n."""
    _stop_cleanly()
    try:
        cli.main(prog_name="mnistviz", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away; nothing more can be told to it, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except MnistvizError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2 if isinstance(error, OptionError) else 1)
    sys.exit(0)


def _stop_cleanly() -> None:
    """Let Ctrl-C and its kin unwind the program once, so that temporary files and ffmpeg go."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        for heard in heeded:
            signal.signal(heard, signal.SIG_IGN)
        sys.exit(128 + number)

    for number in heeded:
        signal.signal(number, stop)
