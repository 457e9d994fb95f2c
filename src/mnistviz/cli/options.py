"""Options that several commands share, with the defaults of `config`."""

import os
import re
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import headings, suggestions
from mnistviz.config import (
    BAR_KINDS,
    PAGE_THEMES,
    PALETTE_NAMES,
    SIZES,
    THEME_NAMES,
    WEIGHT_COLOURS,
    PageConfig,
    PictureConfig,
)

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


# A file that may not be read is no misuse: who reads it tells so.
UNCHECKED = click.Path(readable=False, path_type=Path)


class Size(click.ParamType[tuple[int, int]]):
    """A size that has a name, or WIDTHxHEIGHT in pixels."""

    name = "size"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return (width, height)."""
        if isinstance(value, tuple):
            return value
        if value.lower() in SIZES:
            return SIZES[value.lower()]
        match = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", value, re.ASCII | re.IGNORECASE)
        if not match:
            names = ", ".join(SIZES)
            self.fail(
                f"expected {names} or WIDTHxHEIGHT, as in 1280x720 (got {value!r})", param, ctx
            )
        return int(match[1]), int(match[2])

    def text(self, value: tuple[int, int]) -> str:
        """Return a size as text."""
        return "{}x{}".format(*value)


Scale = float | Path


class NumberOrFile(click.ParamType[Scale]):
    """A number, or the name of an .npy file."""

    name = "NUMBER|FILE"

    def convert(self, value: Any, param: Any, ctx: Any) -> Scale:
        """Return the number, or the path."""
        if isinstance(value, (float, Path)):
            return value
        if str(value).lower().endswith(".npy"):
            return Path(value)
        try:
            return float(value)
        except ValueError:
            self.fail(f"expected a number or an .npy file (got {value!r})", param, ctx)


def out(kinds: str, required: bool = True) -> Decorator:
    """Return the option that names the file to write."""
    return headings.of_file(
        "--out",
        callback=_file,
        metavar="PATH",
        required=required,
        shell_complete=suggestions.files,
        help=f"File to write: {kinds}.",
    )


def film_out(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that names the film to write, which stays a text."""
    return headings.of_file(
        "--out",
        metavar="PATH",
        required=True,
        shell_complete=suggestions.files,
        help="File to write: .mp4, .webm, .gif or .webp; a new folder of PNGs, if it ends in a "
        "slash; or -, a Y4M stream on stdout.",
    )(command)


def _file(context: click.Context, option: click.Parameter, name: str | None) -> Path | None:
    if name is None:
        return None
    if name.endswith(("/", os.sep)):
        raise click.BadParameter(f"{name} is the name of a folder; name a file")
    return Path(name)


# A string, since './fashion' is a folder, and a Path of it would be the name 'fashion'.
data = headings.of_model(
    "--data",
    metavar="NAME|FOLDER",
    default="mnist",
    show_default=True,
    shell_complete=suggestions.sets,
    help="A set of 'mnistviz datasets', or a folder: four IDX files, or pictures.",
)

mirror = headings.of_model(
    "--mirror",
    metavar="URL",
    help="Folder on the web to ask first for a set that has to be fetched.",
)

model = headings.of_model(
    "--model",
    type=UNCHECKED,
    help="Model file of 'mnistviz train', or other people's weights as .npz or .safetensors.  "
    "[default: train one first, in memory]",
)

input_scale = headings.of_model(
    "--input-scale",
    metavar="NUMBER|FILE",
    type=NumberOrFile(),
    shell_complete=suggestions.files,
    help="Other people's weights were trained on pixels * scale + shift, where pixels are in "
    "[0, 1]: a number, or an .npy of one for each pixel.  [default: 1]",
)

input_shift = headings.of_model(
    "--input-shift",
    metavar="NUMBER|FILE",
    type=NumberOrFile(),
    shell_complete=suggestions.files,
    help="The shift of --input-scale.  [default: 0]",
)


def read_model(model: Path | None, scale: Scale | None, shift: Scale | None) -> Any:
    """Return the model that --model names, if any; there must be one for the other two."""
    from mnistviz.model_reading import read_model

    if model:
        return read_model(model, scale, shift)
    if scale is not None or shift is not None:
        raise click.UsageError("--input-scale and --input-shift need the --model they are for")
    return None


_size = headings.of_look(
    "--size",
    metavar="NAME|WxH",
    type=Size(),
    shell_complete=suggestions.sizes,
    default="{}x{}".format(*PictureConfig.size),
    show_default=True,
    help="{}, or width and height in pixels, both even. Higher than wide, it "
    "has a row for each class.".format(", ".join(SIZES)),
)

_theme = headings.of_look(
    "--theme",
    type=click.Choice(THEME_NAMES),
    default=PictureConfig.theme,
    show_default=True,
    help="On dark or on white, for a screen; or for paper, also in black and white.",
)

_palette = headings.of_look(
    "--palette",
    type=click.Choice(PALETTE_NAMES),
    default=PictureConfig.palette,
    show_default=True,
    help="Colours of what is true and what is wrong.",
)

_weights = headings.of_look(
    "--weights",
    type=click.Choice(WEIGHT_COLOURS),
    default=PictureConfig.weights,
    show_default=True,
    help="Weights and products in grey, or red against and blue for.",
)

_bars = headings.of_look(
    "--bars",
    type=click.Choice(BAR_KINDS),
    default=PictureConfig.bars,
    show_default=True,
    help="What the bars tell: the score, or the probability, its softmax.",
)

_title = headings.of_look(
    "--title",
    metavar="TEXT",
    default=PictureConfig.title,
    help="A line of text above everything.  [default: none]",
)


def picture(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a PictureConfig, which it takes as `picture`."""

    @wraps(command)
    def with_picture(*args: Any, **options: Any) -> None:
        looks = {field.name: options.pop(field.name) for field in fields(PictureConfig)}
        command(*args, picture=PictureConfig(**looks), **options)

    decorated: Callable[..., None] = with_picture
    for option in (_title, _bars, _weights, _palette, _theme, _size):
        decorated = option(decorated)
    return decorated


_page_theme = headings.of_look(
    "--theme",
    type=click.Choice(PAGE_THEMES),
    default=PageConfig.theme,
    show_default=True,
    help="Dark, light, or what the reader's browser asks for.",
)


def page(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a PageConfig, which it takes as `page`."""

    @wraps(command)
    def with_page(*args: Any, **options: Any) -> None:
        looks = {field.name: options.pop(field.name) for field in fields(PageConfig)}
        command(*args, page=PageConfig(**looks), **options)

    decorated: Callable[..., None] = with_page
    for option in (_title, _weights, _palette, _page_theme):
        decorated = option(decorated)
    return decorated


# How a command calls training that nobody asked for.
TRAINING_FIRST = "No --model: training one first"

quiet = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
