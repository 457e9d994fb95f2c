"""What all film formats have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from math import inf
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, VideoError
from mnistviz.formats.ffmpeg import Need
from mnistviz.formats.timeline import Timeline


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
    def frames(self) -> int:
        """Number of frames in the file."""
        return self.timeline.frames

    @property
    def expected_bytes(self) -> float:
        """Approximate size of the file, or 0 where it surprises nobody."""
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.timeline.pictures

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return what ffmpeg must have to write the film, with captions or without."""
        return ()

    @abstractmethod
    def writer(
        self, out: Path | str, companion_files: Mapping[Path, bytes]
    ) -> AbstractContextManager["PictureWriter"]:
        """Open the film for writing; parameters and errors as of `write_film`.

        What is there is replaced when the block ends without an error and the film is complete.
        """


class PictureWriter(ABC):
    """Writes the pictures of a film, one after another, each once.

    A context manager: leaving it without an error checks that no picture is missing.

    Parameters
    ----------
    film_format
        Says what the pictures must be, and how many.

    Raises
    ------
    VideoError
        In the block, or at its end, if the pictures are not what the format promises.
    """

    def __init__(self, film_format: FilmFormat) -> None:
        self._film_format = film_format
        self._written = 0
        self._cleanup = ExitStack()

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture: uint8, of the format's `picture_shape`."""
        promised, shape = self._film_format.timeline.pictures, self._film_format.picture_shape
        if picture.dtype != np.uint8 or picture.shape != shape:
            got = f"{picture.dtype} {picture.shape}"
            raise VideoError(f"picture {self._written} is {got}, not uint8 {shape}")
        if self._written == promised:
            raise VideoError(f"more than the {promised} pictures promised")
        self._send(np.ascontiguousarray(picture))
        self._written += 1

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._cleanup:
            if kind is None:
                promised = self._film_format.timeline.pictures
                if self._written != promised:
                    raise VideoError(f"only {self._written} of the {promised} pictures promised")
                self._finish()

    @abstractmethod
    def _start(self) -> None:
        """Get ready for the first picture; `_cleanup` undoes it."""

    @abstractmethod
    def _send(self, picture: NDArray[np.uint8]) -> None:
        """Pass a picture on."""

    @abstractmethod
    def _finish(self) -> None:
        """Do what is left after the last picture."""
