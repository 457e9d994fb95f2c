"""The command line: all commands, and how errors and warnings are printed."""

import errno
import logging
import os
import sys
import warnings
from typing import TextIO

import click

from mnistviz._version import __version__
from mnistviz.cli.compare import compare
from mnistviz.cli.completion import completion
from mnistviz.cli.convert import convert
from mnistviz.cli.datasets import datasets
from mnistviz.cli.doctor import doctor
from mnistviz.cli.evaluate import evaluate
from mnistviz.cli.explore import explore
from mnistviz.cli.fetch import fetch
from mnistviz.cli.render import render, render_training
from mnistviz.cli.still import still
from mnistviz.cli.streams import StdoutError, print_whole
from mnistviz.cli.train import train
from mnistviz.cli.words import words
from mnistviz.errors import (
    DataWarning,
    LanguageWarning,
    MnistvizError,
    ModelWarning,
    OptionError,
    SizeWarning,
    VideoWarning,
    harmless,
    reason,
)

# \b keeps click from refilling the lines after it.
HELP = """Show a linear classifier at work on handwritten digits.

\b
A film of 25 test digits, with nothing prepared:
  mnistviz render --out video.mp4
One picture of one digit:
  mnistviz still --index 8 --out frame.png
A model to keep, and a film of it:
  mnistviz train --out model.npz
  mnistviz render --model model.npz --out video.mp4
The ten mistakes of which it is surest:
  mnistviz render --only wrong --order confidence --count 10 --out mistakes.mp4
How good it is, as a table and as slides:
  mnistviz evaluate --model model.npz --out report.pdf
Two models on the same digits, what they disagree on first:
  mnistviz train --smoothness 0.01 --out smooth.npz
  mnistviz compare model.npz smooth.npz --out compared.mp4
A page to try it yourself, in a browser:
  mnistviz explore --model model.npz --out explorer.html
Another set, fetched once:
  mnistviz render --data fashion --out video.mp4
"""


@click.group(
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="'mnistviz COMMAND --help' tells more, 'mnistviz doctor' what is missing if something "
    "is. Only sets other than MNIST need a network, once.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Group of all commands."""


for command in (
    render,
    render_training,
    still,
    train,
    evaluate,
    compare,
    explore,
    datasets,
    fetch,
    convert,
    words,
    completion,
    doctor,
):
    cli.add_command(command)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print our own warnings as a line; others are for programmers."""
    if issubclass(
        category, (DataWarning, LanguageWarning, ModelWarning, SizeWarning, VideoWarning)
    ):
        _say(f"Warning: {message}")


def _say(text: str) -> None:
    """Print a text on stderr, in which names from outside do nothing to the terminal."""
    click.echo("\n".join(map(harmless, text.split("\n"))), err=True)


def run() -> int:
    """Run the command line and return its exit status: 0 done, 1 failed, 2 misused."""
    # matplotlib only draws into memory here, and logs nothing that concerns a user.
    os.environ["MPLBACKEND"] = "agg"
    os.environ["MATPLOTLIBRC"] = os.devnull  # its settings are not used, and may be damaged
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    print_whole()
    warnings.showwarning = _show_warning
    try:
        status = cli.main(prog_name="mnistviz", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        vars(error)["message"] = harmless(error.message)  # which may quote a file
        error.show()
        return error.exit_code
    except MnistvizError as error:
        _say(f"Error: {error}")
        return 2 if isinstance(error, OptionError) else 1
    except BrokenPipeError:  # the reader of stdout has gone
        return 1
    except StdoutError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # EINVAL: the same on Windows
            _say(f"Error: cannot write to stdout: {reason(error)}")
        return 1
    except MemoryError:
        _say("Error: there is too little memory; take fewer workers or images, or a smaller size")
        return 1
    except OSError as error:
        _say(f"Error: {error.filename or 'the system'}: {reason(error)}")
        return 1
    return status or 0
