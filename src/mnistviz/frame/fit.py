"""Finds the layout of a frame: cells and text as large as fit together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from mnistviz.config import PictureConfig
from mnistviz.drawing.geometry import ceil_even, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import is_legible, legible
from mnistviz.errors import LayoutError, OptionError
from mnistviz.frame.columns import UprightPlan, WidePlan
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.places import Layout, Widest
from mnistviz.frame.plan import LEAST_BAR, ROWS_OF_CELLS, Plan
from mnistviz.frame.rows import TurnedPlan

FULL_SIDE = 1080  # height of an upright frame, or width of a turned one, at scale 1
LARGEST = (8192, 4320)  # what H.264's highest level, 6.2, holds
SMALLEST = (640, 360)  # or 360 wide and 640 high; below, text would be smaller than anyone reads
NARROW = 10  # how many per cent larger text must be to be worth narrow gaps


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
        If the size is odd, too large, or too small; the smallest possible size is named. If the
        film's title is too long.
    """
    size, widest = picture.size, words.widest
    check_size(size)
    search = Search(image_size, widest, picture.weights != "gray")
    if plan := search.best(size):
        return _with_banner(plan.place(size), widest.banner)
    images = "{} classes of {}×{} images".format(len(widest.classes), *image_size)
    smallest = search.smallest(size)
    if _is_too_large(smallest):
        raise LayoutError(f"{images} fit into no video; use smaller images")
    raise LayoutError(
        f"{images} do not fit into {size[0]}x{size[1]}; "
        "the smallest possible size is {}x{}".format(*smallest)
    )


def check_picture(picture: PictureConfig) -> None:
    """Refuse a size that no picture can have, or a title that cannot be drawn."""
    check_size(picture.size)
    if picture.title and not is_legible(picture.title):
        latin = legible(picture.title)
        raise OptionError(
            f"the title {picture.title!r} has characters that cannot be drawn; try {latin!r}"
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


def is_too_small(size: tuple[int, int]) -> bool:
    """Whether a width and height leave text no size that is legible."""
    return min(size) < min(SMALLEST) or max(size) < max(SMALLEST)


def least_k(image_size: tuple[int, int], even_k: bool) -> int:
    """Return 1, or 2 if k must be even: in colour, or where an image's side is odd."""
    return 2 if even_k or image_size[0] % 2 or image_size[1] % 2 else 1


@dataclass(frozen=True)
class Search:
    """The search for the best plan of some data's frames; `even_k` for cells in colour."""

    image_size: tuple[int, int]
    widest: Widest
    even_k: bool = False

    def best(self, size: tuple[int, int]) -> Plan | None:
        """Return the plan of the greatest merit for a width and height, or None if none fits.

        A frame that is at least as high as wide may be turned.
        """
        if is_too_small(size):
            return None
        best = None
        turned = (TurnedPlan,) if size[1] >= size[0] else ()
        for kind in (UprightPlan, WidePlan, *turned):
            best = self.better(best, kind, size)
        return best

    def better(self, best: Plan | None, kind: type[Plan], size: tuple[int, int]) -> Plan | None:
        """Return the best plan of a kind, if it is better than the best so far."""
        full = size[kind.axis] / FULL_SIDE
        title = self._plan(kind, 1, kind.narrowest, full).text.title
        for k in self._sizes_of_pixels(kind, size):
            if best and k * title <= best.merit:
                break
            plans = (self._plan(kind, k, *each) for each in self._tries(kind, k, full))
            plan = next((plan for plan in plans if plan.fits(size)), None)
            if plan and (best is None or plan.merit > best.merit):
                best = plan
        return best

    def smallest(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the smallest frame that has the room, higher than wide if this size is."""
        high, step = size[1] > size[0], least_k(self.image_size, self.even_k)
        kind, least = (TurnedPlan, SMALLEST[::-1]) if high else (WidePlan, SMALLEST)
        plans = (
            self._plan(kind, k, gap, 0)
            for k in count(step, step)
            for gap in (kind.narrowest, kind.least_gap)
        )
        plan = next(plan for plan in plans if plan.texts_fit)
        return max(least[0], ceil_even(plan.width)), max(least[1], ceil_even(plan.height))

    def _plan(self, kind: type[Plan], k: int, gap: int, scale: float) -> Plan:
        return kind(k, scale, self.image_size, self.widest.classes, gap, self.widest)

    def _sizes_of_pixels(self, kind: type[Plan], size: tuple[int, int]) -> range:
        """Return the k to try, from one that is too large, or just fits, down."""
        along, across = kind.axis, 1 - kind.axis
        sides = self.image_size[::-1]
        cells = ROWS_OF_CELLS + 2 * LEAST_BAR
        most = min(
            int(size[along] / (cells * sides[along])),
            size[across] // (len(self.widest.classes) * sides[across]),
        )
        step = least_k(self.image_size, self.even_k)
        return range(most // step * step, 0, -step)

    def _tries(self, kind: type[Plan], k: int, full: float) -> Iterator[tuple[int, float]]:
        """Yield gaps and scales to try, best first: large text, then wide gaps."""
        wide = max(kind.least_gap, even(k * self.image_size[1] * kind.gap_share))
        gaps = {wide: 0, kind.narrowest: NARROW}
        tries = [(percent, gap) for percent in range(100, -1, -2) for gap in gaps]
        for percent, gap in sorted(tries, key=lambda it: it[0] - gaps[it[1]], reverse=True):
            yield gap, full * percent / 100


def _with_banner(layout: Layout, title: str) -> Layout:
    """Return the layout with a title that is no wider than the header: smaller where it must."""
    if not title:
        return layout
    room, full = layout.header.tally.x - layout.header.position.x, layout.text.banner
    width = text_width(title, True)
    size = min(full, int(room / width))
    if size < layout.text.position:
        wide = round(layout.text.position * width)
        raise LayoutError(
            f"the title is {wide} pixels wide, and a picture of {layout.size[0]}x"
            f"{layout.size[1]} has room for {room}: shorten it"
        )
    return replace(layout, text=replace(layout.text, banner=size))
