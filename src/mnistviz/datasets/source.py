"""Where a data set comes from, and in which form it is wanted."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.arguments import instance, items, number, shown, whole
from mnistviz.datasets.dataset import LARGEST_SIDE
from mnistviz.datasets.named_sets import check_mirror
from mnistviz.errors import OptionError

TEST_SHARE = 1 / 6


@dataclass(frozen=True)
class Source:
    """Where a data set comes from that is not loaded yet, and in which form it is wanted.

    Attributes
    ----------
    name
        The name of a set, or a folder or file, as `load` takes it.
    mirror
        URL of a folder to try first for its files.
    image_size
        Width and height of the images, in pixels, 1 to 64. Default: that of the source's.
    invert
        Whether to exchange dark and light. Default: no, but images that seem to be dark on light
        are warned of.
    test_share
        Share of the images of each class to test with, where the source has none: above 0 and
        below 1. Default: 1 in 6.
    keep
        Names or numbers of the classes to keep. Default: all.

    Raises
    ------
    OptionError
        If a value is not possible.
    """

    name: Path | str = "mnist"
    mirror: str | None = None
    image_size: tuple[int, int] | None = None
    invert: bool | None = None
    test_share: float | None = None
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.name == "":  # which would be the current folder
            raise OptionError("data must be the name of a set, a folder or a file (got none)")
        if self.mirror is not None:
            check_mirror(self.mirror)
        if self.image_size is not None:
            sides = items(self.image_size) or ()
            if len(sides) != 2:
                raise OptionError(
                    f"image size must be a width and a height (got {shown(self.image_size)})"
                )
            size = tuple(whole("image size", side, 1, LARGEST_SIDE) for side in sides)
            object.__setattr__(self, "image_size", size)
        if self.invert is not None:
            instance("invert", self.invert, bool)
        if self.test_share is not None:
            share = number("test share", self.test_share)
            if not 0 < share < 1:
                raise OptionError(f"test share must be above 0 and below 1 (got {share:g})")
            object.__setattr__(self, "test_share", share)
        object.__setattr__(self, "keep", tuple(self.keep))
