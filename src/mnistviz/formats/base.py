"""What all kinds of film have in common."""

from dataclasses import dataclass
from math import inf
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, VideoError
from mnistviz.formats.companions import Companions
from mnistviz.formats.ffmpeg import Need
from mnistviz.formats.timeline import Timeline


@dataclass(frozen=True)
class FilmFormat:
    """A kind of film.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on.
    pixel_format
        What ffmpeg calls the pictures: 'yuv420p', each uint8 (height × width × 3 / 2,) in
        BT.709, or 'rgb24', each uint8 (height, width, 3).

    Raises
    ------
    VideoError
        If the size is odd.
    OptionError
        If the file would be larger than one can be.
    """

    size: tuple[int, int]
    timeline: Timeline
    pixel_format: ClassVar[str]
    bytes_a_pixel: ClassVar[float] = 0  # of a picture: measured at 1080p, docs/formats.md
    bearable: ClassVar[float] = inf  # bytes; above it, a warning is due
    most_bytes: ClassVar[float] = inf  # that a file can have

    def __post_init__(self) -> None:
        if min(self.size) < 2 or self.size[0] % 2 or self.size[1] % 2:
            raise VideoError(
                "a film's width and height must be even (got {}x{})".format(*self.size)
            )

        if self.expected_bytes > self.most_bytes:
            width, height = self.size
            raise OptionError(
                f"{self.timeline.pictures:,} pictures of {width}x{height} are too many for this "
                f"format: about {self.expected_bytes / 1e9:.1f} GB, and it holds at most "
                f"{self.most_bytes / 1e9:.0f} GB; take fewer images, a smaller size, or an .mp4"
            )

    @property
    def picture_shape(self) -> tuple[int, ...]:
        """Shape of the array that a picture is."""
        width, height = self.size
        return (height, width, 3) if self.pixel_format == "rgb24" else (width * height * 3 // 2,)

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        return self.timeline.frames

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it: nothing where it is not asked to."""
        return ()

    @property
    def expected_bytes(self) -> float:
        """About how large it will be, where that may be a surprise; else 0."""
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.timeline.pictures

    def accompanied(self, companions: Companions) -> Self:
        """Return this format, with what goes into its file beside the pictures: here nothing."""
        return self

    def check_picture(self, picture: NDArray[np.uint8], number: int) -> None:
        """Raise VideoError of a picture, counted from 0, if it is another than expected."""
        if picture.dtype != np.uint8 or picture.shape != self.picture_shape:
            got = f"{picture.dtype} {picture.shape}"
            raise VideoError(f"picture {number} is {got}, not uint8 {self.picture_shape}")
        if number == self.timeline.pictures:
            raise VideoError(f"more than the {number} pictures promised")

    def check_complete(self, written: int) -> None:
        """Raise VideoError if fewer pictures were written than the timeline has."""
        if written != self.timeline.pictures:
            raise VideoError(f"only {written} of the {self.timeline.pictures} pictures promised")
