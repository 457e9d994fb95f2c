"""Finds the Layout of a frame: cells and text as large as fit together."""

from dataclasses import replace

from mnistviz.drawing.geometry import ceil_even
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.errors import LayoutError
from mnistviz.frame.columns import place_upright
from mnistviz.frame.columns_plan import UprightPlan
from mnistviz.frame.fitting import Fitting
from mnistviz.frame.places import Layout, Widest
from mnistviz.frame.plan import Plan
from mnistviz.frame.rows import place_turned
from mnistviz.frame.rows_plan import TurnedPlan

LARGEST = (8192, 4320)  # what H.264's highest level, 6.2, holds


def arrange(
    size: tuple[int, int],
    image_size: tuple[int, int],
    widest: Widest,
    even_k: bool = False,
) -> Layout:
    """Return the layout of a frame.

    Parameters
    ----------
    size
        Width and height of the frame in pixels, both even.
    image_size
        Height and width of the images in pixels.
    widest
        The widest text of each place.
    even_k
        Whether cells are in colour, which in video needs an even number of screen pixels for each
        of theirs.

    Returns
    -------
    Layout
        The same for every frame of these sizes and texts.

    Raises
    ------
    LayoutError
        If the size is odd, too large, or too small; the smallest possible size is named. If the
        film's title is too long.
    """
    check_size(size)
    fitting = Fitting(image_size, widest, even_k)
    if plan := fitting.best(size):
        return _with_banner(_place(plan, size), widest)
    images = "{} classes of {}×{} images".format(len(widest.classes), *image_size)
    smallest = fitting.smallest(size)
    if _is_too_large(smallest):
        raise LayoutError(f"{images} fit into no video; use smaller images")
    raise LayoutError(
        f"{images} do not fit into {size[0]}x{size[1]}; "
        "the smallest possible size is {}x{}".format(*smallest)
    )


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


def _place(plan: Plan, size: tuple[int, int]) -> Layout:
    match plan:
        case TurnedPlan():
            return place_turned(plan, size)
        case UprightPlan():
            return place_upright(plan, size)
    raise TypeError(plan)


def _is_too_large(size: tuple[int, int]) -> bool:
    return max(size) > LARGEST[0] or size[0] * size[1] > LARGEST[0] * LARGEST[1]


def _with_banner(layout: Layout, widest: Widest) -> Layout:
    """Return the layout with a title that is no wider than the header: smaller where it must."""
    if not widest.banner:
        return layout
    room, full = layout.header.tally.x - layout.header.position.x, layout.text.banner
    width = text_width(widest.banner, True)
    size = min(full, int(room / width))
    if size < layout.text.position:
        wide = round(layout.text.position * width)
        raise LayoutError(
            f"the title is {wide} pixels wide, and a picture of {layout.size[0]}x"
            f"{layout.size[1]} has room for {room}: shorten it"
        )
    return replace(layout, text=replace(layout.text, banner=size))
