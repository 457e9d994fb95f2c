"""Options of a film: which images, for how long, and how it is written."""

import re
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import completion
from mnistviz.cli.option_groups import gathered, of_file, of_images, of_timing
from mnistviz.cli.source_options import UNCHECKED, check_unread
from mnistviz.config import (
    ALL,
    CODEC_NAMES,
    EXPLORER_IMAGES,
    FILM_IMAGES,
    ORDERS,
    OUTCOMES,
    QUALITY_NAMES,
    SECONDS_PER_IMAGE,
    TRANSITION,
    Encoding,
    Selection,
    Timing,
    Workers,
)

MOST_LISTED = 1_000_000  # indices; more than any data set has test images


class Indices(click.ParamType[tuple[int, ...]]):
    """Numbers and ranges of numbers, with commas between them."""

    name = "INDICES"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, ...]:
        """Return the numbers."""
        if isinstance(value, tuple):
            return value
        ranges = [self._range(part, param, ctx) for part in str(value).split(",")]
        if sum(map(len, ranges)) > MOST_LISTED:
            self.fail(f"expected at most {MOST_LISTED:,} images", param, ctx)
        return tuple(index for each in ranges for index in each)

    def text(self, value: tuple[int, ...]) -> str:
        """Return the numbers as text."""
        return ",".join(map(str, value))

    def _range(self, part: str, param: Any, ctx: Any) -> range:
        match = re.fullmatch(r"\s*(\d{1,9})(?:-(\d{1,9}))?\s*", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + MOST_LISTED:
            self.fail(f"expected numbers and ranges, as in 8,42,100-120 (got {part!r})", param, ctx)
        return range(first, last + 1)


class Count(click.ParamType[int | None]):
    """A number of workers, or 'auto', which is None."""

    name = "N|auto"

    def convert(self, value: Any, param: Any, ctx: Any) -> int | None:
        """Return the number."""
        return None if value in (None, "auto") else click.INT.convert(value, param, ctx)


class Duration(click.ParamType[float | None]):
    """A length of time: seconds, or minutes and seconds, or hours, minutes and seconds."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> float | None:
        """Return seconds."""
        if value is None or isinstance(value, (int, float)):
            return value
        if not re.fullmatch(r"(\d{1,6}:){0,2}\d{1,9}(\.\d{1,9})?", value, re.ASCII):
            self.fail(
                f"expected seconds or minutes:seconds, as in 90 or 1:30 (got {value!r})", param, ctx
            )
        parts = reversed([float(part) for part in value.split(":")])
        return sum((part * 60.0**place for place, part in enumerate(parts)), 0.0)

    def text(self, value: float) -> str:
        """Return a length of time as text."""
        return f"{value:g}"


class Bytes(click.ParamType[int | None]):
    """A number of bytes, with a unit."""

    name = "2MB"

    def convert(self, value: Any, param: Any, ctx: Any) -> int | None:
        """Return the number."""
        if value is None or isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?) *(k|M|G)?B", value, re.ASCII)
        if not found:
            self.fail(
                f"expected a size with its unit, as in 500kB or 2MB (got {value!r})", param, ctx
            )
        return int(float(found[1]) * 1000 ** ("", "k", "M", "G").index(found[2] or ""))

    def text(self, value: int) -> str:
        """Return a number of bytes as text."""
        return f"{value}B"


class ImageCount(click.ParamType[int]):
    """A number of images, or all that there are."""

    name = "count"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Return the number."""
        if value == "all":
            return ALL
        if not re.fullmatch(r"-?\d{1,18}", str(value), re.ASCII):
            self.fail(f"expected a number of images, or all (got {value!r})", param, ctx)
        return int(value)

    def text(self, value: int) -> str:
        """Return a number as text."""
        return "all" if value == ALL else str(value)


def _count(default: str, **options: Any) -> Any:
    return of_images(
        "--count",
        default=Selection.count,
        help=f"Number of images to show.  [default: {default}]",
        **{"type": int} | options,
    )


_CHOICE = (
    of_images(
        "--index",
        "indices",
        type=Indices(),
        default=Selection.indices,
        help="Choose among these test images, counted from 0, as in 8,42,100-120.",
    ),
    of_images(
        "--class",
        "classes",
        metavar="NAME|NUMBER",
        multiple=True,
        shell_complete=completion.classes,
        help="Choose among the images of these classes, as in 4,9.",
    ),
)
_SEED = of_images(
    "--order-seed",
    type=int,
    default=Selection.order_seed,
    show_default=True,
    help="Seed of the shuffled order.",
)


def _only(text: str) -> Any:
    return of_images("--only", type=click.Choice(OUTCOMES), default=Selection.only, help=text)


def _order(text: str) -> Any:
    return of_images("--order", type=click.Choice(ORDERS), default=Selection.order, help=text)


_SELECTION = (
    *_CHOICE,
    _only("Choose among what the model gets wrong, or right."),
    _order(
        "Shuffled; as in the file; the shuffled ones by class; or the most confident "
        "prediction first. "
        "'--only wrong --order confidence' shows the worst mistakes.  "
        "[default: shuffled, or as in --index]"
    ),
    _SEED,
)
_OF_SEVERAL = (
    _count("25 in a film, 6 in a report, or all of --index"),
    *_CHOICE,
    _only("Choose among what one of the models at least gets wrong, or what all get right."),
    _order(
        "What the models disagree on comes first: there and then shuffled; as in the file; the "
        "shuffled ones by class; or what the least confident model is most confident of.  "
        "[default: confidence, or as in --index, whether they disagree or not]"
    ),
    _SEED,
)

_TIMING = (
    of_timing(
        "--seconds-per-image",
        type=float,
        default=Timing.seconds_per_image,
        help=f"Time of each image, in seconds.  [default: {SECONDS_PER_IMAGE}]",
    ),
    of_timing(
        "--duration",
        type=Duration(),
        default=Timing.duration,
        help="Length of the film, as in 90 or 1:30, which its images share.  "
        "[default: as long as they take]",
    ),
    of_timing(
        "--transition",
        type=float,
        default=Timing.transition,
        help="Seconds of that time in which the image before turns into this one; 0 is a cut.  "
        f"[default: {TRANSITION}, or all of a shorter time]",
    ),
    of_timing(
        "--loop",
        is_flag=True,
        help="Let the last image turn into the first: for a film that is played again and again.",
    ),
)

_TRAINING_TIMING = (
    of_timing(
        "--duration",
        type=Duration(),
        default=Timing.duration,
        help="Length of the film, as in 20 or 1:30; in its last sixth the trained model stays.  "
        "[default: 12]",
    ),
)

_ENCODING = (
    of_timing(
        "--fps",
        "frame_rate",
        type=int,
        default=Encoding.frame_rate,
        show_default=True,
        help="Frames a second. A GIF has one an image, and takes no other.",
    ),
    of_file(
        "--codec",
        type=click.Choice(CODEC_NAMES),
        default=Encoding.codec,
        help="What the film is encoded with: h264, hevc or av1 in an MP4, vp9 or av1 in a WebM.  "
        "[default: h264, vp9]",
    ),
    of_file(
        "--quality",
        type=click.Choice(QUALITY_NAMES),
        default=Encoding.quality,
        show_default=True,
        help="Of an MP4 or a WebM: draft to look at, standard to show, master to encode again.",
    ),
    of_file(
        "--captions",
        is_flag=True,
        help="Add captions: as .vtt next to the film, and in the film.",
    ),
    of_file(
        "--poster",
        is_flag=True,
        help="Draw the first image, or the trained model, as .poster.png next to the film.",
    ),
    of_file(
        "--max-size",
        type=Bytes(),
        default=Encoding.max_size,
        help="Most bytes of a GIF. It gets fewer colours, smaller pictures, then fewer images, as "
        "it must, and says so.",
    ),
)

_WORKERS = (
    of_file(
        "--workers",
        "processes",
        type=Count(),
        default="auto",
        show_default=True,
        help="Processes that draw and encode the film, side by side; auto: as many as cores.",
    ),
    of_file(
        "--scheduler",
        metavar="tcp://HOST:8786",
        default=Workers.scheduler,
        help="Have it drawn and encoded by the workers of this Dask cluster.",
    ),
)

_INTRO = (
    of_images(
        "--intro",
        is_flag=True,
        help="Open with the first image explained step by step: 24 seconds more.",
    ),
    of_images(
        "--intro-text",
        metavar="FILE",
        type=UNCHECKED,
        help="The introduction in words of your own: a text file of six lines.",
    ),
)


def _sentences(intro: bool, intro_text: Path | None) -> tuple[str, ...]:
    """Return the sentences of the introduction, if there is to be one."""
    from mnistviz.film.introduction import SENTENCES, read_sentences

    if intro_text:
        check_unread(intro_text)
        return read_sentences(intro_text)
    return SENTENCES if intro else ()


show_steps = of_images(
    "--show-steps",
    metavar="PNG",
    type=UNCHECKED,
    help="File to write that shows what was done with own pictures: in even light, and as images.",
)
_COUNT = _count(f"{FILM_IMAGES}, or all of --index, or all in --images")
_PAGE_COUNT = _count(
    f"{EXPLORER_IMAGES} and all other mistakes, or as many as keep the page under a megabyte",
    type=ImageCount(),
    metavar="N|all",
)

intro = gathered("intro", _sentences, _INTRO)
selection = gathered("selection", Selection, (_COUNT, *_SELECTION))
page_selection = gathered("selection", Selection, (_PAGE_COUNT, *_SELECTION))
compared = gathered("selection", Selection, _OF_SEVERAL)
timing = gathered("timing", Timing, _TIMING)
training_timing = gathered("timing", Timing, _TRAINING_TIMING, names=("duration",))
encoding = gathered("encoding", Encoding, _ENCODING)
workers = gathered("workers", Workers, _WORKERS)
