"""Options of the looks of a picture, or of a page."""

import re
from dataclasses import replace
from typing import Any, ClassVar

import click
from click.core import ParameterSource

from mnistviz.cli import completion
from mnistviz.cli.option_groups import gathered, of_look
from mnistviz.cli.source_options import UNCHECKED
from mnistviz.config import (
    CONTRASTS,
    PAGE_THEMES,
    PALETTE_NAMES,
    SIZES,
    THEME_NAMES,
    WEIGHT_LOOKS,
    PageConfig,
    PictureConfig,
    Wording,
)


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


class Width(click.ParamType[float]):
    """A length on paper."""

    name = "width"
    units: ClassVar[dict[str, float]] = {"cm": 1.0, "mm": 0.1, "in": 2.54}

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """Return centimetres."""
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?) ?(cm|mm|in)", str(value), re.ASCII)
        if not match or not float(match[1]):
            self.fail(f"expected a length, as in 8cm, 80mm or 3.2in (got {value!r})", param, ctx)
        return float(match[1]) * self.units[match[2]]


_size = of_look(
    "--size",
    metavar="NAME|WxH",
    type=Size(),
    shell_complete=completion.sizes,
    default="{}x{}".format(*PictureConfig.size),
    show_default=True,
    help="{}, or width and height in pixels, both even. What is higher than wide "
    "may have a row for each class.".format(", ".join(SIZES)),
)

_theme = of_look(
    "--theme",
    type=click.Choice(THEME_NAMES),
    default=PictureConfig.theme,
    show_default=True,
    help="On dark or on white, for a screen; or for paper, also in black and white.",
)

_palette = of_look(
    "--palette",
    type=click.Choice(PALETTE_NAMES),
    default=PictureConfig.palette,
    show_default=True,
    help="Colours of what is true and what is wrong.",
)

_weights = of_look(
    "--weights",
    type=click.Choice(WEIGHT_LOOKS),
    default=PictureConfig.weights,
    show_default=True,
    help="Weights and products in grey, or red against and blue for. An effect is weight * the "
    "pixel's typical ink, in place of weights that outshine the others where nobody writes.",
)

_contrast = of_look(
    "--contrast",
    type=click.Choice(tuple(CONTRASTS)),
    default=PictureConfig.contrast,
    show_default=True,
    help="How far weak weights and products stand out from zero.",
)

_title = of_look(
    "--title",
    metavar="TEXT",
    default=PictureConfig.title,
    help="A line of text above everything.  [default: none]",
)

_page_theme = of_look(
    "--theme",
    type=click.Choice(PAGE_THEMES),
    default=PageConfig.theme,
    show_default=True,
    help="Dark, light, or what the reader's browser asks for.",
)

_sliders = of_look(
    "--sliders/--no-sliders",
    default=PageConfig.sliders,
    help="Sliders of the training's steps and of its smoothness, for which the model is trained "
    "again.  [default: where that gives the same model]",
)

bare = of_look("--bare", is_flag=True, help="The grid alone: without header, footer and title.")

width = of_look(
    "--width",
    type=Width(),
    default=0.0,
    help="Width of an SVG or a PDF in print, as in 8cm, 80mm or 3.2in; its text has at least 7 "
    "points.  [default: a point for each pixel of --size]",
)

picture = gathered("picture", PictureConfig, (_size, _theme, _palette, _weights, _contrast, _title))
page = gathered("page", PageConfig, (_page_theme, _palette, _weights, _contrast, _title, _sliders))
training_picture = gathered(
    "picture",
    PictureConfig,
    (_size, _theme, _weights, _contrast, _title),
    names=("size", "theme", "weights", "contrast", "title"),
)

_language = of_look(
    "--language",
    metavar="NAME",
    default=Wording.language,
    show_default=True,
    envvar="MNISTVIZ_LANGUAGE",
    shell_complete=completion.languages,
    help="Language of all that a viewer sees, as de, or pt-BR as in Brazil; `mnistviz doctor` "
    "lists them.  [env: MNISTVIZ_LANGUAGE]",
)

_words = of_look(
    "--words",
    metavar="FILE",
    type=UNCHECKED,
    default=None,
    help="Other words for it, or words of another language, that `mnistviz words` wrote to fill "
    "in.  [default: none]",
)

_font = of_look(
    "--font",
    metavar="FILE|FAMILY",
    default=Wording.font,
    help="Typeface for letters that DejaVu Sans lacks.  [default: one that is installed, for a "
    "language that needs it]",
)

wording = gathered("wording", Wording, (_language, _words, _font))
page_wording = gathered("wording", Wording, (_language, _words), names=("language", "words"))


def wording_of(wording: Wording, seen: bool) -> Wording:
    """Return the wording, with English in place of the environment's language if nothing is seen.

    That is of all commands, while an option for what is not drawn or written is a mistake.
    """
    context = click.get_current_context()
    if seen or context.get_parameter_source("language") is not ParameterSource.ENVIRONMENT:
        return wording
    return replace(wording, language=Wording.language)
