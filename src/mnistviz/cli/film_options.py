"""The options of a FilmConfig."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import headings, suggestions
from mnistviz.cli.gathering import gathered
from mnistviz.cli.source_options import UNCHECKED
from mnistviz.config import (
    ANSWERS,
    CODEC_NAMES,
    EXPLORER_IMAGES,
    ORDERS,
    QUALITY_NAMES,
    TEST_IMAGES,
    TRANSITION,
    FilmConfig,
)

MOST_LISTED = 1_000_000  # indices; more than any data set has test images


class Indices(click.ParamType[tuple[int, ...]]):
    """Numbers and ranges of numbers, with commas between them."""

    name = "INDICES"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, ...]:
        """Return the numbers."""
        if isinstance(value, tuple):
            return value
        return tuple(
            index for part in str(value).split(",") for index in self._range(part, param, ctx)
        )

    def text(self, value: tuple[int, ...]) -> str:
        """Return the numbers as text."""
        return ",".join(map(str, value))

    def _range(self, part: str, param: Any, ctx: Any) -> range:
        match = re.fullmatch(r"\s*(\d{1,9})(?:-(\d{1,9}))?\s*", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + MOST_LISTED:
            self.fail(f"expected numbers and ranges, as in 8,42,100-120 (got {part!r})", param, ctx)
        return range(first, last + 1)


# Which images, of all that there are.
_CHOICE = (
    headings.of_images(
        "--index",
        "indices",
        type=Indices(),
        default=FilmConfig.indices,
        help="Choose among these test images, counted from 0, as in 8,42,100-120.",
    ),
    headings.of_images(
        "--class",
        "classes",
        metavar="NAME|NUMBER",
        multiple=True,
        shell_complete=suggestions.classes,
        help="Choose among the images of these classes, as in 4,9.",
    ),
    headings.of_images(
        "--only",
        type=click.Choice(ANSWERS),
        default=FilmConfig.only,
        help="Choose among what the model gets wrong, or right.",
    ),
    headings.of_images(
        "--order",
        type=click.Choice(ORDERS),
        default=FilmConfig.order,
        help="Shuffled; as in the file; the shuffled ones by class; or the most confident "
        "prediction first. "
        "'--only wrong --order confidence' shows the worst mistakes.  "
        "[default: shuffled, or as in --index]",
    ),
    headings.of_images(
        "--order-seed",
        type=int,
        default=FilmConfig.order_seed,
        show_default=True,
        help="Seed of the shuffled order.",
    ),
)

_OPTIONS = (
    headings.of_images(
        "--intro",
        is_flag=True,
        help="Open with the first image explained step by step: 20 seconds more.",
    ),
    headings.of_images(
        "--intro-text",
        metavar="FILE",
        type=UNCHECKED,
        help="The introduction in words of your own: a text file of five lines.",
    ),
    headings.of_images(
        "--count",
        type=int,
        default=FilmConfig.count,
        help="Number of images to show.  "
        f"[default: {TEST_IMAGES}, or all of --index, or all in --images]",
    ),
    *_CHOICE,
    headings.of_timing(
        "--seconds-per-image",
        type=float,
        default=FilmConfig.seconds_per_image,
        show_default=True,
        help="Time of each image, in seconds.",
    ),
    headings.of_timing(
        "--transition",
        type=float,
        default=FilmConfig.transition,
        help="Seconds of that time in which the image before turns into this one; 0 is a cut.  "
        f"[default: {TRANSITION}, or all of a shorter time]",
    ),
    headings.of_timing(
        "--fps",
        "frame_rate",
        type=int,
        default=FilmConfig.frame_rate,
        show_default=True,
        help="Frames a second; a GIF has one an image.",
    ),
    headings.of_file(
        "--codec",
        type=click.Choice(CODEC_NAMES),
        default=FilmConfig.codec,
        help="What the film is encoded with: h264, hevc or av1 in an MP4, vp9 or av1 in a WebM.  "
        "[default: h264, vp9]",
    ),
    headings.of_file(
        "--quality",
        type=click.Choice(QUALITY_NAMES),
        default=FilmConfig.quality,
        show_default=True,
        help="Of an MP4 or a WebM: draft to look at, standard to show, master to encode again.",
    ),
    headings.of_file(
        "--captions",
        is_flag=True,
        help="Tell in captions what is on: as .vtt beside the film, and in the film.",
    ),
    headings.of_file(
        "--poster",
        is_flag=True,
        help="Draw the first image as .poster.png beside the film.",
    ),
    headings.of_timing(
        "--variable-frame-rate",
        is_flag=True,
        help="Give a held image one frame only: faster, but not for every editor.",
    ),
)

_COUNT_OF_PAGE = headings.of_images(
    "--count",
    type=int,
    default=FilmConfig.count,
    help="Number of test images in the page.  "
    f"[default: {EXPLORER_IMAGES}, or as many as keep it under a megabyte]",
)


def _sentences(intro: bool, path: Path | None) -> tuple[str, ...]:
    """Return the sentences of the introduction, if there is to be one."""
    from mnistviz.film.introduction import SENTENCES, read_sentences

    if path:
        return read_sentences(path)
    return SENTENCES if intro else ()


_gathered = gathered("film", FilmConfig, _OPTIONS)


def film(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a FilmConfig, which it takes as `film`."""
    with_film = _gathered(command)

    @wraps(with_film)
    def with_sentences(*args: Any, intro: bool, intro_text: Path | None, **options: Any) -> None:
        with_film(*args, intro=_sentences(intro, intro_text), **options)

    return with_sentences


choice = gathered(
    "film",
    FilmConfig,
    (_COUNT_OF_PAGE, *_CHOICE),
    names=("count", "indices", "classes", "only", "order", "order_seed"),
)
"""Gives a command the options of a FilmConfig that choose images; it takes them as `film`."""
