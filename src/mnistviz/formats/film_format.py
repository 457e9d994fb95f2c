"""What all kinds of film have in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from mnistviz.errors import VideoError
from mnistviz.formats.companions import Companions
from mnistviz.timeline import Timeline

# As output options, -color_primaries and -color_trc are dropped.
BT709 = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


@dataclass(frozen=True)
class FilmFormat(ABC):
    """A kind of film.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on.
    name
        What ffmpeg calls the container.
    pixel_format
        What ffmpeg calls the pictures: 'yuv420p', each uint8 (height × width × 3 / 2,) in
        BT.709, or 'rgb24', each uint8 (height, width, 3).

    Raises
    ------
    VideoError
        If the size is odd.
    """

    size: tuple[int, int]
    timeline: Timeline
    name: ClassVar[str]
    pixel_format: ClassVar[str]

    def __post_init__(self) -> None:
        if min(self.size) < 2 or self.size[0] % 2 or self.size[1] % 2:
            raise VideoError(
                "a film's width and height must be even (got {}x{})".format(*self.size)
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

    def accompanied(self, companions: Companions) -> Self:
        """Return this format, with what goes into its file beside the pictures: here nothing."""
        return self

    @abstractmethod
    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its inputs to its encoder.

        Parameters
        ----------
        folder
            For files that ffmpeg reads; it is gone when the film is written.
        """

    def pictures_input(self) -> list[str]:
        """Return ffmpeg's first input: the pictures, raw, by its stdin."""
        video_size = "{}x{}".format(*self.size)
        how = ("-f", "rawvideo", "-pixel_format", self.pixel_format, "-video_size", video_size)
        return [*how, "-framerate", str(self.timeline.frame_rate), "-i", "pipe:0"]
