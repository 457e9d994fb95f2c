"""What the kinds of film have in common that ffmpeg writes."""

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from mnistviz.errors import VideoError
from mnistviz.formats.base import FilmFormat
from mnistviz.formats.ffmpeg import Need, count_frames, url

# As output options, -color_primaries and -color_trc are dropped.
BT709 = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


@dataclass(frozen=True)
class EncodedFormat(FilmFormat):
    """A kind of film that ffmpeg writes.

    Attributes
    ----------
    size, timeline, pixel_format
        As of `FilmFormat`.
    name
        What ffmpeg calls the container.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    name: ClassVar[str]

    @property
    @abstractmethod
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""

    @abstractmethod
    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its inputs to its encoder.

        Parameters
        ----------
        folder
            For files that ffmpeg reads; it is gone when the film is written.
        """

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return what ffmpeg is told to write the film: once, or several times in turn.

        Parameters
        ----------
        folder
            As of `arguments`.
        path
            File to write. The pictures go to the first that is told.
        """
        return [[*self.arguments(folder), "-y", "-f", self.name, url(path)]]

    def complete(self, path: Path) -> None:
        """Do what is left to do to the film when ffmpeg has ended: here nothing."""

    def verify(self, path: Path) -> None:
        """Read a film back, and raise VideoError if it lacks a frame or cannot be read."""
        found = count_frames(path, self.name)
        if found != self.frames:
            raise VideoError(f"ffmpeg wrote {found} frames instead of {self.frames}")

    def constant_rate(self) -> str:
        """Return the filter that repeats each picture for as long as it is on."""
        return f"setpts='{self.timeline.start_formula()}',fps={self.timeline.frame_rate}"

    def cut(self) -> str:
        """Return the filter that ends the film with its last frame.

        The option ``-frames:v`` would end the captions too, by the time that the encoder has come
        to: AV1 is behind, and lost the last one.
        """
        return f"trim=end_frame={self.frames}"

    def pictures_input(self) -> list[str]:
        """Return ffmpeg's first input: the pictures, raw, by its stdin."""
        video_size = "{}x{}".format(*self.size)
        how = ("-f", "rawvideo", "-pixel_format", self.pixel_format, "-video_size", video_size)
        return [*how, "-framerate", str(self.timeline.frame_rate), "-i", "pipe:0"]
