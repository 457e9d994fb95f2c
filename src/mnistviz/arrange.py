"""Finds the Layout of a frame: cells and text as large as fit together.

Sizes of texts and spaces are those of a frame 1080 pixels high, times a scale.
"""

from itertools import accumulate

from mnistviz.errors import LayoutError
from mnistviz.fitting import best_plan, smallest_size
from mnistviz.layout import Header, Layout, Widest
from mnistviz.naming import shortened
from mnistviz.plan import Plan, TextWidth, ceil_even, even

LARGEST = (8192, 4320)  # what H.264's highest level, 6.2, holds
MOST_BAR = 2  # the longest bar's greatest height, in cells


def arrange(
    size: tuple[int, int], image_size: tuple[int, int], widest: Widest, text_width: TextWidth
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
    text_width
        Measures a text, in units of its size.

    Returns
    -------
    Layout
        The same for every frame of these sizes and texts.

    Raises
    ------
    LayoutError
        If the size is odd, too large, or too small; the smallest possible size is named.
    """
    check_size(size)
    if plan := best_plan(size, image_size, widest, text_width):
        return _place(plan, size)
    images = "{} columns of {}×{} images".format(len(widest.classes), *image_size)
    smallest = smallest_size(image_size, widest, text_width)
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


def _is_too_large(size: tuple[int, int]) -> bool:
    return max(size) > LARGEST[0] or size[0] * size[1] > LARGEST[0] * LARGEST[1]


def _place(plan: Plan, size: tuple[int, int]) -> Layout:
    ends = _stack_ends(plan, size[1])
    columns = _columns(plan, size[0])
    left, right = _band(plan, size[0], columns)
    first_row = ends["under heading"]
    row_pitch = plan.cell[1] + plan.gap
    longest_bar = even((ends["bars"] - ends["under rows"] - plan.line) / 2 - 0.5)
    legend = _legend(plan, right, ends["footer"])
    inset = even(0.19 * plan.cell[0])
    return Layout(
        size=size,
        k=plan.k,
        cell=plan.cell,
        gap=plan.gap,
        line=plan.line,
        outline=plan.outline,
        columns=columns,
        rows=(first_row, first_row + row_pitch, first_row + 2 * row_pitch),
        left=left,
        right=right,
        headings=tuple(
            shortened(name, plan.heading_width, plan.text_width) for name in plan.widest.classes
        ),
        zero=ends["under rows"] + longest_bar,
        longest_bar=longest_bar,
        bar_inset=inset,
        bar_width=plan.cell[0] - 2 * inset,
        column_bottom=ends["under bias"],
        text=plan.text,
        label=columns[0] - plan.space(8) - plan.labels_width // 2,
        header=_header(plan, left, right),
        baseline=ends | {"position": ends["title"]},
        swatch=plan.group["true swatch"],
        legend=legend,
        legend_left=legend[0] - plan.legend["left"],
        progress=(ends["under footer"], plan.stack["progress"]),
    )


def _stack_ends(plan: Plan, height: int) -> dict[str, int]:
    """Return where each part of the stack ends, when it fills the height of the frame."""
    stack = dict(plan.stack)
    room = height - sum(stack.values())
    stack["bars"] = min(room, 2 * even(MOST_BAR * plan.cell[1]) + plan.line)
    share = even((room - stack["bars"]) / 3 - 0.5)
    for name in ("top", "under columns", "bottom"):
        stack[name] += share
    return dict(zip(stack, accumulate(stack.values()), strict=True))


def _columns(plan: Plan, width: int) -> tuple[int, ...]:
    """Return the left edges of the columns."""
    first, pitch = _first_column(plan, width), plan.cell[0] + plan.gap
    return tuple(first + place * pitch for place in range(len(plan.widest.classes)))


def _band(plan: Plan, width: int, columns: tuple[int, ...]) -> tuple[int, int]:
    """Return where header and footer begin and end: with the columns, or centred beyond them."""
    if plan.band_width == plan.grid_width:
        return columns[0], columns[-1] + plan.cell[0]
    left = even((width - plan.band_width) / 2)
    return left, left + plan.band_width


def _first_column(plan: Plan, width: int) -> int:
    """Return the left edge of the grid that centres labels and grid together in the frame."""
    labels = plan.labels_width + plan.space(8)
    margin = (width - labels - plan.grid_width) / 2
    return min(ceil_even(margin + labels), width - plan.grid_width - plan.outline - 2)


def _header(plan: Plan, left: int, right: int) -> Header:
    position, group, tally = plan.header_widths
    gap = plan.space(30)
    centred = (left + right - group) // 2
    start = even(min(max(centred, left + position + gap), right - tally - gap - group))
    begins = dict(zip(plan.group, accumulate(plan.group.values(), initial=start), strict=False))
    return Header(
        position=left,
        true_swatch=start,
        true=begins["true"],
        predicted_swatch=even(begins["predicted swatch"]),
        predicted=begins["predicted"],
        mark=begins["mark"],
        percent=begins["percent"],
        tally=right,
    )


def _legend(plan: Plan, right: int, baseline: int) -> tuple[int, int, int, int]:
    """Return left edge, top, width and height of the grey ramp."""
    width, height = plan.legend["ramp"], max(6, even(0.75 * plan.text.footer))
    end = right - plan.legend["for"] - plan.legend["right"]
    return even(end - width), even(baseline - height), width, height
