"""Makes a film again, smaller and then shorter, until it keeps to a limit of its bytes."""

import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

from mnistviz.errors import LayoutError, OptionError, SizeWarning

STEP = 0.9  # from a width and height to the next smaller ones
POWER = 0.7  # of a picture's area, to which its bytes grow: measured from 640x360 to 1080p
SAFE = 0.95  # of the images that should fit: bytes differ from image to image

Size = tuple[int, int]
Result = TypeVar("Result")


class FilmSizeError(Exception):
    """A film has more bytes than asked for: it is made again.

    Attributes
    ----------
    size
        Its bytes.
    """

    def __init__(self, size: int) -> None:
        super().__init__(f"the film would take {size:,} bytes")
        self.size = size


def within(
    max_size: int | None,
    size: Size,
    images: int,
    fits: Callable[[Size], object],
    make: Callable[[Size, int], Result],
) -> Result:
    """Make a film: at first as asked for, and then smaller and shorter while it is too large.

    Parameters
    ----------
    max_size
        Most bytes of the film; None for any number.
    size, images
        Width and height in pixels, and number of images, that are asked for.
    fits
        Raises LayoutError for a size that is too small for the pictures.
    make
        Makes the film in a size and with so many images; raises FilmSizeError.

    Raises
    ------
    OptionError
        If even one image in the smallest size is too large.
    """
    smaller, now, shown = _smaller(size, fits), size, images
    while True:
        try:
            film = make(now, shown)
        except FilmSizeError as error:
            assert max_size is not None
            share = max_size / error.size
        else:
            break
        area = now[0] * now[1]
        last = now
        for now in smaller:
            if (now[0] * now[1] / area) ** POWER <= share:
                break
        if now == last:
            if shown == 1:
                raise OptionError(
                    f"the film cannot keep to {max_size:,} bytes: even in {now[0]}x{now[1]} it "
                    f"takes {max_size / share:,.0f}"
                )
            shown = max(1, min(shown - 1, int(SAFE * share * shown)))
    if now != size or shown != images:
        fewer = f" and shows {shown:,} of {images:,} images" * (shown != images)
        looks = f"the film is {now[0]}x{now[1]}{fewer}"
        warnings.warn(f"{looks}, to keep to its size", SizeWarning, stacklevel=3)
    return film


def _smaller(size: Size, fits: Callable[[Size], object]) -> Iterator[Size]:
    """Yield smaller sizes of the same shape, as long as the pictures fit into them."""
    share = STEP
    while True:
        width, height = (2 * round(share * side / 2) for side in size)
        try:
            fits((width, height))
        except LayoutError:
            return
        yield width, height
        share *= STEP
