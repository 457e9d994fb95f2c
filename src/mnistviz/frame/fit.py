"""Finds the layout of a frame: cells and text as large as fit together."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from mnistviz.config import PictureConfig
from mnistviz.drawing.geometry import ceil_even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import why_not
from mnistviz.errors import LayoutError, OptionError
from mnistviz.frame.columns import Columns
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.places import HIGH, BaseLayout, Layout, least_text
from mnistviz.frame.plan import EXTRAS, ROWS_OF_CELLS, Plan
from mnistviz.frame.rows import Rows
from mnistviz.frame.stacked import STACKED, Block, Stacked
from mnistviz.frame.stacked_words import StackedWords
from mnistviz.language.language import ENGLISH
from mnistviz.language.typefaces import Fonts

LARGEST = (8192, 4320)  # what H.264's highest level, 6.2, holds
SMALLEST = (640, 360)  # or 360 wide and 640 high; below, text would be smaller than anyone reads
MOST_COLUMNS = 26  # the alphabet; with more, no one finds one again
MOST_FLAT = 4  # a side of an image to the other, for the advice
Kinds = tuple[Callable[..., Plan], ...]
KINDS: Kinds = (
    Columns,
    partial(Columns, bands=2),
    Rows,
)  # the first of those with equal merit is taken
SCALES = (
    1.25,
    1.15,
    1.0,
    0.9,
    0.8,
    0.7,
    0.6,
    0.5,
    0,
)  # of text, the largest that fits; 0 is the least


AnyLayout = TypeVar("AnyLayout", bound=BaseLayout)


def layout_for(words: FrameWords, image_size: tuple[int, int], picture: PictureConfig) -> Layout:
    """Return the layout of a film's frames, the same for every frame and every model of the data.

    Parameters
    ----------
    words
        The words of the frames, whose widest must have room.
    image_size
        Height and width of the images in pixels.
    picture
        Its size, and whether cells are in colour, which in video needs an even number of screen
        pixels for each of theirs.

    Raises
    ------
    LayoutError
        If the size is odd, too large, or too small; one that is large enough is named. If there are
        too many classes. If the film's title is too long.
    """
    plan = _plan_for(words, image_size, picture, (), "")
    layout = plan.place()
    return with_banner(layout, words.title, layout.progress.width, words.fonts)


def blocks_for(
    words: StackedWords, image_size: tuple[int, int], picture: PictureConfig
) -> tuple[Block, ...]:
    """Return the places of models one above the other; arguments and errors as `layout_for`."""
    plan = _plan_for(words, image_size, picture, STACKED, f"{len(words.models)} models for ")
    assert isinstance(plan, Stacked)
    return tuple(
        replace(
            block,
            layout=with_banner(block.layout, words.title, block.layout.progress.width, words.fonts),
        )
        for block in plan.blocks
    )


def _plan_for(
    words: FrameWords,
    image_size: tuple[int, int],
    picture: PictureConfig,
    kinds: Kinds,
    models: str,
) -> Plan:
    """Return the best plan; errors as `layout_for`, which begin with how many models there are."""
    size, step = picture.size, least_k(image_size, picture.is_coloured)
    check_size(size)
    if len(words.classes) > MOST_COLUMNS:
        raise LayoutError(
            f"a picture has up to {MOST_COLUMNS} classes, and there are {len(words.classes)}."
            f"\nKeep some of them: --keep {','.join(words.classes[:3])}, say."
        )
    if plan := best(words, image_size, size, step, kinds):
        return plan
    images = f"{models}{len(words.classes)} classes of {image_size[0]}×{image_size[1]} images"
    for larger in _larger(size):
        if best(words, image_size, larger, step, kinds):
            raise LayoutError(
                f"{images} do not fit into {size[0]}x{size[1]}; try {larger[0]}x{larger[1]}"
            )
    flat = max(image_size) > MOST_FLAT * min(image_size)
    advice = "use images that are less flat" if flat else "use smaller images"
    if words.language != ENGLISH:
        advice += f", or shorter words of the language {words.language.tag!r}"
    raise LayoutError(f"{images} fit into no video; {advice}")


def best(
    words: FrameWords,
    image_size: tuple[int, int],
    size: tuple[int, int],
    step: int,
    kinds: Kinds = (),
) -> Plan | None:
    """Return the plan of the greatest merit, whose k is a multiple of a step; None if none fits.

    By default it is one of `KINDS`, or with a row for each class if the frame is high.
    """
    kinds = kinds or ((Rows,) if size[1] >= HIGH * size[0] else KINDS)
    if is_too_small(size):
        return None
    found = None
    most = min(max(size) // ROWS_OF_CELLS, min(size)) // min(image_size) // step * step
    for k in range(most, 0, -step):
        if found and k <= found.merit:
            break
        for kind in kinds:
            for plan in _plans(kind, size, k, image_size, words):
                if (found is None or plan.merit > found.merit) and plan.fits():
                    found = plan
    return found


def _plans(kind: Callable[..., Plan], size: tuple[int, int], k: int, *data: Any) -> Iterator[Plan]:
    """Yield plans with cells of a size: none if they leave too little even for the least text."""
    if kind(size, k, 0, len(EXTRAS), *data).fits():
        for left_out in range(len(EXTRAS) + 1):
            for scale in SCALES:
                yield kind(size, k, scale, left_out, *data)


def _larger(size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield sizes of the usual shape, each a twentieth larger, as high as wide as this one is."""
    width, height = SMALLEST if size[0] >= size[1] else SMALLEST[::-1]
    factor = 1.0
    while not _is_too_large(larger := (ceil_even(factor * width), ceil_even(factor * height))):
        if larger[0] >= size[0] or larger[1] >= size[1]:
            yield larger
        factor *= 1.05


def check_picture(picture: PictureConfig, fonts: Fonts) -> None:
    """Refuse a size that no picture can have, or a title that cannot be drawn."""
    check_size(picture.size)
    if picture.title and (problem := why_not(picture.title, fonts)):
        raise OptionError(f"the title {picture.title!r} {problem}")


def check_size(size: tuple[int, int]) -> None:
    """Refuse a size that no picture can have, whatever the data; raise LayoutError."""
    if size[0] % 2 or size[1] % 2:
        raise LayoutError(
            f"width and height must be even, as video needs: got {size[0]}x{size[1]}; "
            f"try {ceil_even(size[0])}x{ceil_even(size[1])}"
        )
    if _is_too_large(size):
        raise LayoutError(
            f"{size[0]}x{size[1]} is larger than video can be; "
            f"the largest possible size is {LARGEST[0]}x{LARGEST[1]}"
        )


def _is_too_large(size: tuple[int, int]) -> bool:
    return max(size) > LARGEST[0] or size[0] * size[1] > LARGEST[0] * LARGEST[1]


def is_too_small(size: tuple[int, int]) -> bool:
    """Whether a width and height leave text no size that is legible."""
    return min(size) < min(SMALLEST) or max(size) < max(SMALLEST)


def least_k(image_size: tuple[int, int], even_k: bool) -> int:
    """Return 1, or 2 if k must be even: in colour, or where an image's side is odd."""
    return 2 if even_k or image_size[0] % 2 or image_size[1] % 2 else 1


def with_banner(layout: AnyLayout, title: str, room: int, fonts: Fonts) -> AnyLayout:
    """Return the layout with a title that is no wider than its room: smaller where it must."""
    if not title:
        return layout
    width = text_width(title, True, fonts)
    size = min(layout.text.banner, int(room / width))
    least = min(layout.text.banner, least_text(layout.size))
    if size < least:
        raise LayoutError(
            f"the title is {round(least * width)} pixels wide, and a picture of "
            f"{layout.size[0]}x{layout.size[1]} has room for {room}: shorten it"
        )
    return replace(layout, text=replace(layout.text, banner=size))
