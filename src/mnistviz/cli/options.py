"""Options that several commands share, with the defaults of `config`."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mnistviz.config import THEME_NAMES, PictureConfig

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


# A file that may not be read is no misuse: who reads it tells so.
UNCHECKED = click.Path(readable=False, path_type=Path)


class Size(click.ParamType[tuple[int, int]]):
    """WIDTHxHEIGHT in pixels."""

    name = "WIDTHxHEIGHT"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return (width, height)."""
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", value, re.ASCII | re.IGNORECASE)
        if not match:
            self.fail(f"expected WIDTHxHEIGHT, as in 1280x720 (got {value!r})", param, ctx)
        return int(match[1]), int(match[2])


def out(kinds: str) -> Decorator:
    """Return the option that names the file to write."""
    return click.option(
        "--out", callback=_file, metavar="PATH", required=True, help=f"File to write: {kinds}."
    )


def _file(context: click.Context, option: click.Parameter, name: str) -> Path:
    if name.endswith(("/", os.sep)):
        raise click.BadParameter(f"{name} is the name of a folder; name a file")
    return Path(name)


# A string, since './fashion' is a folder, and a Path of it would be the name 'fashion'.
data = click.option(
    "--data",
    metavar="NAME|FOLDER",
    default="mnist",
    show_default=True,
    help="A set of 'mnistviz datasets', or a folder: four IDX files, or pictures.",
)

mirror = click.option(
    "--mirror",
    metavar="URL",
    help="Folder on the web to ask first for a set that has to be fetched.",
)

model = click.option(
    "--model",
    type=UNCHECKED,
    help="Model file that 'mnistviz train' wrote.  [default: train one first, in memory]",
)

size = click.option(
    "--size",
    type=Size(),
    default="{}x{}".format(*PictureConfig.size),
    show_default=True,
    help="Size of the picture in pixels: both even, 640x360 or more.",
)

theme = click.option(
    "--theme",
    type=click.Choice(THEME_NAMES),
    default=PictureConfig.theme,
    show_default=True,
    help="Colours on dark, for a screen, or on white, for paper.",
)

# How a command calls training that nobody asked for.
TRAINING_FIRST = "No --model: training one first"

quiet = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
