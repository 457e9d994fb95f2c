"""Finds the Layout of a frame: cells and text as large as fit together.

Sizes of texts and spaces are those of a frame 1080 pixels high, times a scale.
"""

from collections.abc import Iterator
from itertools import accumulate, count

from mnistviz.errors import LayoutError
from mnistviz.layout import Header, Layout, TextSizes, Widest
from mnistviz.naming import shortened
from mnistviz.plan import LEAST_BAR, ROWS_OF_CELLS, Plan, TextWidth, ceil_even, even

SMALLEST = (640, 360)  # below, text would be smaller than anyone reads
LARGEST = (8192, 4320)  # what H.264's highest level, 6.2, holds
FULL_HEIGHT = 1080
BEYOND = 0.85  # how much less text counts that lines up with no column
NARROW = 10  # how many per cent larger text must be to be worth narrow gaps
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
    _check_size(size)
    if plan := _best_plan(size, image_size, widest, text_width):
        return _place(plan, size)
    images = "{} columns of {}×{} images".format(len(widest.classes), *image_size)
    smallest = _smallest_size(image_size, widest, text_width)
    if _is_too_large(smallest):
        raise LayoutError(f"{images} fit into no video; use smaller images")
    raise LayoutError(
        f"{images} do not fit into {size[0]}x{size[1]}; "
        "the smallest possible size is {}x{}".format(*smallest)
    )


def _check_size(size: tuple[int, int]) -> None:
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


def _best_plan(
    size: tuple[int, int], image_size: tuple[int, int], widest: Widest, text_width: TextWidth
) -> Plan | None:
    """Return the plan with the greatest product of cell size and text size.

    By cells alone, few columns would stand as large as the frame and leave no room for text.
    """
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return None
    best, full = None, TextSizes.at(size[1] / FULL_HEIGHT).title
    for k in _cell_sizes(size, image_size, len(widest.classes)):
        if best and k * full < _merit(best):
            break
        for wide in (False, True):
            plans = _plans(k, size, image_size, widest, text_width, wide)
            plan = next((plan for plan in plans if plan.fits(size)), None)
            best = max([p for p in (best, plan) if p], key=_merit, default=None)
    return best


def _merit(plan: Plan) -> float:
    beyond = plan.band_width > plan.grid_width
    return plan.k * plan.text.title * (BEYOND if beyond else 1)


def _cell_sizes(size: tuple[int, int], image_size: tuple[int, int], columns: int) -> range:
    """Return the k that may fit, largest first."""
    step = _least_k(image_size)
    by_width = size[0] // (columns * image_size[1])
    by_height = int(size[1] / ((ROWS_OF_CELLS + 2 * LEAST_BAR) * image_size[0]))
    return range(min(by_width, by_height) // step * step, 0, -step)


def _plans(
    k: int,
    size: tuple[int, int],
    image_size: tuple[int, int],
    widest: Widest,
    text_width: TextWidth,
    wide: bool,
) -> Iterator[Plan]:
    """Yield what could be with one size of cells, best first: large text, then wide gaps."""
    gaps = {max(6, even(k * image_size[1] / 21)): 0, 4: NARROW}
    tries = [(percent, gap) for percent in range(100, -1, -2) for gap in gaps]
    for percent, gap in sorted(tries, key=lambda it: it[0] - gaps[it[1]], reverse=True):
        scale = size[1] / FULL_HEIGHT * percent / 100
        yield Plan(k, gap, scale, image_size, widest, text_width, wide)


def _least_k(image_size: tuple[int, int]) -> int:
    """Return 1, or 2 where odd multiples of an odd side would end at an odd coordinate."""
    return 2 if image_size[0] % 2 or image_size[1] % 2 else 1


def _smallest_size(
    image_size: tuple[int, int], widest: Widest, text_width: TextWidth
) -> tuple[int, int]:
    step = _least_k(image_size)
    plans = (Plan(k, 4, 0, image_size, widest, text_width, True) for k in count(step, step))
    plan = next(plan for plan in plans if plan.texts_fit)
    return max(SMALLEST[0], ceil_even(plan.width)), max(SMALLEST[1], ceil_even(plan.height))


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
