"""What all film formats have in common, and what they write: a reel, segment by segment."""

from abc import ABC
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.scene import Scene
from mnistviz.errors import OptionError, VideoError
from mnistviz.formats.ffmpeg import Need
from mnistviz.formats.timeline import Timeline

Picture = NDArray[np.uint8]  # of a format's `picture_shape`


class Segment(Protocol):
    """Some pictures of a film that are encoded together, wherever that is done.

    It can be sent to another process, and depends on its own pictures alone.
    """

    @property
    def frames(self) -> Sequence[int]:
        """For how many frames each of its pictures is on, at least 1."""

    def scenes(self) -> Iterator[Scene]:
        """Yield its pictures, each once."""


class Reel(Protocol):
    """The pictures of a film, cut into segments: the same cuts whoever encodes them."""

    @property
    def pictures(self) -> int:
        """Number of pictures in all segments."""

    def __len__(self) -> int:
        """Return the number of segments."""

    def __getitem__(self, number: int) -> Segment:
        """Return a segment, made anew each time."""


@dataclass(frozen=True)
class FilmFormat(ABC):
    """The format of a film, with the size and the times of its pictures.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is shown.
    pixel_format
        As ffmpeg names it: 'yuv420p', a picture is uint8 (height × width × 3 / 2,) in BT.709; or
        'rgb24', a picture is uint8 (height, width, 3).

    Raises
    ------
    VideoError
        If the width or the height is odd.
    OptionError
        If the file would be larger than possible.
    """

    size: tuple[int, int]
    timeline: Timeline
    pixel_format: ClassVar[str]
    bytes_a_pixel: ClassVar[float] = 0  # of a picture: measured at 1080p, docs/formats.md
    warn_above_bytes: ClassVar[float] = inf
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
        """Shape of a picture's array."""
        width, height = self.size
        return (height, width, 3) if self.pixel_format == "rgb24" else (width * height * 3 // 2,)

    @property
    def expected_bytes(self) -> float:
        """Approximate size of the file, or 0 where it surprises nobody."""
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.timeline.pictures

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return what ffmpeg must have to write the film, with captions or without."""
        return ()
