"""Finds the Plan of a frame: the size of its cells and of its text, and whether it is turned."""

from collections.abc import Iterator
from itertools import count

from mnistviz.drawing.geometry import ceil_even, even
from mnistviz.frame.columns_plan import UprightPlan, WidePlan
from mnistviz.frame.places import Widest
from mnistviz.frame.plan import Plan
from mnistviz.frame.rows_plan import TurnedPlan

SMALLEST = (640, 360)  # or 360 wide and 640 high; below, text would be smaller than anyone reads
NARROW = 10  # how many per cent larger text must be to be worth narrow gaps


class Fitting:
    """The plans for some data, from which each size of a frame has its best.

    Parameters
    ----------
    image_size
        Height and width of the images in pixels.
    widest
        The widest text of each place.
    even_k
        Whether an image pixel is an even number of screen pixels wide, as colour in video needs.
    """

    def __init__(
        self,
        image_size: tuple[int, int],
        widest: Widest,
        even_k: bool = False,
    ) -> None:
        self._image_size, self._widest = image_size, widest
        self._step = 2 if even_k else least_k(image_size)

    def best(self, size: tuple[int, int]) -> Plan | None:
        """Return the plan of the greatest merit for a width and height, or None if none fits.

        A frame that is at least as high as wide may be turned.
        """
        if not is_legible(size):
            return None
        best = None
        for kind in self._kinds(size):
            best = self._better(best, kind, size)
        return best

    def smallest(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the smallest frame that has the room, higher than wide if this size is."""
        kind = TurnedPlan if _is_high(size) else WidePlan
        plans = (
            self._plan(kind, k, gap, 0)
            for k in count(self._step, self._step)
            for gap in (kind.narrowest, kind.least_gap)
        )
        plan = next(plan for plan in plans if plan.texts_fit)
        least = SMALLEST[::-1] if _is_high(size) else SMALLEST
        return max(least[0], ceil_even(plan.width)), max(least[1], ceil_even(plan.height))

    def _kinds(self, size: tuple[int, int]) -> tuple[type[Plan], ...]:
        turned = (TurnedPlan,) if size[1] >= size[0] else ()
        return UprightPlan, WidePlan, *turned

    def _plan(self, kind: type[Plan], k: int, gap: int, scale: float) -> Plan:
        return kind(k, gap, scale, self._image_size, self._widest)

    def _better(self, best: Plan | None, kind: type[Plan], size: tuple[int, int]) -> Plan | None:
        """Return the best plan of a kind, if it is better than what there is."""
        full = kind.full_scale(size)
        title = self._plan(kind, 1, kind.narrowest, full).text.title
        most = kind.most_k(size, self._image_size, len(self._widest.classes))
        for k in range(most // self._step * self._step, 0, -self._step):
            if best and k * title <= best.merit:
                break
            plans = (self._plan(kind, k, *each) for each in self._tries(kind, k, full))
            plan = next((plan for plan in plans if plan.fits(size)), None)
            if plan and (best is None or plan.merit > best.merit):
                best = plan
        return best

    def _tries(self, kind: type[Plan], k: int, full: float) -> Iterator[tuple[int, float]]:
        """Yield gaps and scales to try, best first: large text, then wide gaps."""
        wide = max(kind.least_gap, even(k * self._image_size[1] * kind.gap_share))
        gaps = {wide: 0, kind.narrowest: NARROW}
        tries = [(percent, gap) for percent in range(100, -1, -2) for gap in gaps]
        for percent, gap in sorted(tries, key=lambda it: it[0] - gaps[it[1]], reverse=True):
            yield gap, full * percent / 100


def is_legible(size: tuple[int, int]) -> bool:
    """Whether a width and height leave text a size that is legible."""
    return min(size) >= min(SMALLEST) and max(size) >= max(SMALLEST)


def least_k(image_size: tuple[int, int]) -> int:
    """Return 1, or 2 where odd multiples of an odd side would end at an odd coordinate."""
    return 2 if image_size[0] % 2 or image_size[1] % 2 else 1


def _is_high(size: tuple[int, int]) -> bool:
    return size[1] > size[0]
