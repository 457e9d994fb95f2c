"""Finds the Plan of a frame: the size of its cells and of its text.

Sizes of texts and spaces are those of a frame 1080 pixels high, times a scale.
"""

from collections.abc import Iterator
from itertools import count

from mnistviz.layout import TextSizes, Widest
from mnistviz.plan import LEAST_BAR, ROWS_OF_CELLS, Plan, TextWidth, ceil_even, even

SMALLEST = (640, 360)  # below, text would be smaller than anyone reads
FULL_HEIGHT = 1080
BEYOND = 0.85  # how much less text counts that lines up with no column
NARROW = 10  # how many per cent larger text must be to be worth narrow gaps


def best_plan(
    size: tuple[int, int], image_size: tuple[int, int], widest: Widest, text_width: TextWidth
) -> Plan | None:
    """Return the plan with the greatest product of cell size and text size, or None if none fits.

    By cells alone, few columns would stand as large as the frame and leave no room for text.

    Parameters
    ----------
    size
        Width and height of the frame in pixels.
    image_size
        Height and width of the images in pixels.
    widest, text_width
        The widest text of each place, and what measures it, in units of its size.
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


def smallest_size(
    image_size: tuple[int, int], widest: Widest, text_width: TextWidth
) -> tuple[int, int]:
    """Return width and height of the smallest frame that has the room; as `best_plan`."""
    step = _least_k(image_size)
    plans = (Plan(k, 4, 0, image_size, widest, text_width, True) for k in count(step, step))
    plan = next(plan for plan in plans if plan.texts_fit)
    return max(SMALLEST[0], ceil_even(plan.width)), max(SMALLEST[1], ceil_even(plan.height))
