"""Finds the layout of a training film: weights and text as large as fit together."""

from collections.abc import Iterator
from itertools import accumulate

from mnistviz.drawing.geometry import ceil_even, even
from mnistviz.drawing.text import shortened
from mnistviz.errors import LayoutError
from mnistviz.frame.fit import check_size
from mnistviz.frame.fitting import SMALLEST, is_legible, least_k
from mnistviz.frame.placing import legend_at
from mnistviz.training_film.layout import COLUMN, ChartPlace, TrainingLayout, TrainingTexts
from mnistviz.training_film.plan import TrainingPlan

FULL_SIDE = 1080
FLAT, HIGH = 0.7, 2.0  # a plot's greatest height in widths, beneath the grid and beside it


def arrange_training(
    size: tuple[int, int],
    image_size: tuple[int, int],
    texts: TrainingTexts,
    even_k: bool = False,
) -> TrainingLayout:
    """Return the layout of a training film.

    Parameters
    ----------
    size
        Width and height of the frame in pixels, both even.
    image_size
        Height and width of the images in pixels.
    texts
        The widest text of each place.
    even_k
        Whether weights are in colour, as in `arrange`.

    Raises
    ------
    LayoutError
        If the size is odd, too large, or too small; the smallest possible one is named.
    """
    check_size(size)
    step = 2 if even_k else least_k(image_size)
    plans = _plans(step, size, image_size, texts)
    fits = [plan for plan in plans if plan.width <= size[0] and plan.height <= size[1]]
    if not fits or not is_legible(size):
        least = _smallest(step, image_size, texts)
        raise LayoutError(
            "the weights of {} classes of {}×{} images, and two charts, do not fit into "
            "{}x{}; try {}x{}".format(len(texts.classes), *image_size, *size, *least)
        )
    return _place(max(fits, key=_merit), size)


def _merit(plan: TrainingPlan) -> float:
    """Cells and text count as in `fitting`; and a full grid is calmer than one with holes."""
    return plan.k * plan.text.title * plan.filled**2


def _plans(
    step: int,
    size: tuple[int, int],
    image_size: tuple[int, int],
    texts: TrainingTexts,
) -> Iterator[TrainingPlan]:
    """Yield what could be; of every grid and cell size, the larger texts first."""
    full = min(size) / FULL_SIDE
    for columns, beside in _grids(texts):
        rows = -(-len(texts.classes) // columns)
        most = min(size[0] // (columns * image_size[1]), size[1] // (rows * image_size[0]))
        for k in range(step, most + 1, step):
            for percent in range(100, -1, -10):
                scale = full * percent / 100
                yield TrainingPlan(k, columns, beside, scale, image_size, texts)


def _grids(texts: TrainingTexts) -> Iterator[tuple[int, bool]]:
    """Yield how many columns the grid can have, and whether the charts stand beside it."""
    classes = len(texts.classes)
    for columns in range(1, classes + 1):
        rows = -(-classes // columns)
        if -(-classes // rows) == columns:  # or narrower would do
            yield from ((columns, beside) for beside in (False, True))


def _smallest(k: int, image_size: tuple[int, int], texts: TrainingTexts) -> tuple[int, int]:
    """Return width and height of the smallest frame that has the room."""
    plans = [TrainingPlan(k, *grid, 0, image_size, texts) for grid in _grids(texts)]
    sizes = [
        (max(SMALLEST[0], ceil_even(plan.width)), max(SMALLEST[1], ceil_even(plan.height)))
        for plan in plans
    ]
    return min(sizes, key=lambda size: size[0] * size[1])


def _place(plan: TrainingPlan, size: tuple[int, int]) -> TrainingLayout:
    plot = _plot(plan, size)
    added = plot[0] - plan.plot[0], plot[1] - plan.plot[1]
    band = plan.band_width + (added[0] if plan.beside else 0)
    body = _body_height(plan, added[1])
    left = even((size[0] - band) / 2 - 0.5)
    ends = _stack_ends(plan, size[1], body)
    top = ends["under header"]
    grid_left = left if plan.beside else even((size[0] - plan.grid[0]) / 2 - 0.5)
    grid_top = top + (even((body - plan.grid[1]) / 2 - 0.5) if plan.beside else 0)
    return TrainingLayout(
        size=size,
        k=plan.k,
        cell=plan.cell,
        cells=_cells(plan, grid_left, grid_top),
        headings=tuple(shortened(name, plan.heading_width) for name in plan.texts.classes),
        heading_above=plan.space(10),
        line=max(2, even(4 * plan.scale)),
        text=plan.text,
        left=left,
        right=left + band,
        about=plan.about_in(band),
        header=ends["header"],
        footer=ends["footer"],
        charts=_charts(plan, plot, (left, top, left + band, top + body)),
        legend=legend_at(plan.legend, plan.text.footer, left + band, ends["footer"]),
    )


def _plot(plan: TrainingPlan, size: tuple[int, int]) -> tuple[int, int]:
    """Return width and height of the plots, which take what room is left, within reason."""
    width, height = plan.plot
    if plan.beside:
        spare = min(size[0] - plan.width, max(0, plan.grid[0] - plan.charts[0]))
        width += (spare + plan.band_width - plan.body[0]) // COLUMN * COLUMN
        high = max(plan.grid[1], plan.charts[1]) - plan.charts[1]
        room = even((high + size[1] - plan.height) / 2 - 0.5)
    else:
        width += (plan.band_width - plan.charts[0]) // 2 // COLUMN * COLUMN
        room = even(size[1] - plan.height - 0.5)
    most = even((HIGH if plan.beside else FLAT) * width)
    return width, height + min(room, max(0, most - height))


def _body_height(plan: TrainingPlan, added: int) -> int:
    if plan.beside:
        return max(plan.grid[1], plan.charts[1] + 2 * added)
    return plan.body[1] + added


def _stack_ends(plan: TrainingPlan, height: int, body: int) -> dict[str, int]:
    """Return where each part of the stack ends, when it fills the height of the frame."""
    stack = plan.stack | {"body": body}
    share = even((height - sum(stack.values())) / 4 - 0.5)
    for name in ("top", "under header", "under body", "bottom"):
        stack[name] += share
    return dict(zip(stack, accumulate(stack.values()), strict=True))


def _cells(plan: TrainingPlan, left: int, top: int) -> tuple[tuple[int, int], ...]:
    """Return the corners of the cells, row by row."""
    across, down = plan.cell[0] + plan.gap, plan.row + plan.space(22)
    first = top + plan.row - plan.cell[1]
    places = (divmod(place, plan.columns) for place in range(len(plan.texts.classes)))
    return tuple((left + column * across, first + row * down) for row, column in places)


def _charts(
    plan: TrainingPlan, plot: tuple[int, int], body: tuple[int, int, int, int]
) -> tuple[ChartPlace, ChartPlace]:
    """Return the charts: at the right of the body, or left and right at its bottom."""
    left, top, right, bottom = body
    width, height = plot
    whole = plan.above_plot + height + plan.below_plot
    chart_left, second = right - plan.tick_width - width, bottom - whole
    if plan.beside:
        corners = ((chart_left, top), (chart_left, second))
    else:
        corners = ((left, second), (chart_left, second))
    first, other = (_chart(plan, plot, *corner) for corner in corners)
    return first, other


def _chart(plan: TrainingPlan, plot: tuple[int, int], x: int, y: int) -> ChartPlace:
    top = y + plan.above_plot
    ticks = top + plot[1] + plan.below_plot // 2
    title = top - plan.space(18)
    axis = top + plot[1] + plan.below_plot
    return ChartPlace(x + plan.tick_width, top, *plot, x, title, ticks, axis)
