"""Film formats that ffmpeg writes: segment by segment, which are then joined."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np

from mnistviz.errors import VideoError
from mnistviz.formats.base import FilmFormat, Picture
from mnistviz.formats.ffmpeg import count_frames, run, url

STREAM = ("-f", "nut", "pipe:1")  # of a segment: times in it are exact
MICROSECONDS = 1_000_000


class Encoded(NamedTuple):
    """An encoded segment, and what a user should know about how it was made; may be empty."""

    data: bytes
    note: str = ""


class Part(NamedTuple):
    """The file of a segment, and for how many frames each of its pictures is on."""

    path: Path
    frames: Sequence[int]


class Tracks(NamedTuple):
    """What goes into a film besides its pictures: WebVTT and FFMETADATA; none by default.

    The language of the captions is named by ISO 639-2.
    """

    captions: str = ""
    metadata: str = ""
    language: str = "eng"


NO_TRACKS = Tracks()


@dataclass(frozen=True)
class EncodedFormat(FilmFormat):
    """A film format that ffmpeg writes.

    Attributes
    ----------
    name
        Of the container, as ffmpeg names it.
    """

    name: ClassVar[str]

    @abstractmethod
    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments, from filters to the output, to encode a segment.

        Parameters
        ----------
        frames
            For how many frames each of its pictures is on.
        """

    def encoded(self, frames: Sequence[int], pictures: Callable[[], Iterable[Picture]]) -> Encoded:
        """Encode a segment.

        Parameters
        ----------
        frames
            For how many frames each of its pictures is on.
        pictures
            Returns the pictures, each once; may be called again.

        Raises
        ------
        VideoError
            If the pictures are not what the format promises, or ffmpeg fails.
        """
        return Encoded(self.encode(self.arguments(frames), self.checked(frames, pictures())))

    def encode(self, arguments: Sequence[str], pictures: Iterable[memoryview]) -> bytes:
        """Return what ffmpeg makes of pictures that were checked."""
        video_size = "{}x{}".format(*self.size)
        how = ("-f", "rawvideo", "-pixel_format", self.pixel_format, "-video_size", video_size)
        source = (*how, "-framerate", str(self.timeline.frame_rate), "-i", "pipe:0")
        return run([*source, *arguments], pictures)

    def checked(self, frames: Sequence[int], pictures: Iterable[Picture]) -> Iterator[memoryview]:
        """Yield the bytes of pictures that are what the format promises."""
        shape, number = self.picture_shape, 0
        for number, picture in enumerate(pictures, 1):
            if picture.dtype != np.uint8 or picture.shape != shape:
                got = f"{picture.dtype} {picture.shape}"
                raise VideoError(f"picture {number} of a segment is {got}, not uint8 {shape}")
            yield np.ascontiguousarray(picture).data
        if number != len(frames):
            raise VideoError(f"a segment has {number} pictures and not {len(frames)}")

    @abstractmethod
    def join(self, parts: Sequence[Part], path: Path, tracks: Tracks) -> None:
        """Join segments to a film.

        Parameters
        ----------
        parts
            The segments, in order, all in one folder, in which further files may be made.
        path
            File to write.
        tracks
            What goes in besides, if the format has a place for it.

        Raises
        ------
        VideoError
            If ffmpeg fails.
        """

    def listed(self, parts: Sequence[Part]) -> list[str]:
        """Return ffmpeg's input: segments, one after another, exactly as long as they are."""
        rate = self.timeline.frame_rate
        ends = accumulate((sum(part.frames) for part in parts), initial=0)
        # Whole microseconds, each end rounded by itself, so that the errors do not add up.
        times = pairwise(round(end * MICROSECONDS / rate) for end in ends)
        lines = (
            f"file {part.path.name}\nduration {end - start}us\n"
            for part, (start, end) in zip(parts, times, strict=True)
        )
        path = parts[0].path.with_name("segments.txt")
        path.write_text("ffconcat version 1.0\n" + "".join(lines), "utf-8", newline="\n")
        return ["-f", "concat", "-i", url(path)]

    def verify(self, path: Path, parts: Sequence[Part]) -> None:
        """Read a film back, and raise VideoError if it lacks a frame or cannot be read."""
        found, expected = count_frames(path, self.name), self.timeline.frames
        if found != expected:
            raise VideoError(f"ffmpeg wrote {found} frames instead of {expected}")


def starts(frames: Sequence[int]) -> str:
    """Return the frame at which picture N begins as an expression for ffmpeg, in exact integers.

    It is a sum of the ramps that begin where a picture is on longer than the one before, or less
    long.
    """
    changes = enumerate(pairwise((0, *frames)))
    ramps = [(place, after - before) for place, (before, after) in changes if after != before]
    return "+".join(f"{slope}*max(N-{place},0)" for place, slope in ramps)


def constant_rate(frames: Sequence[int], rate: int) -> str:
    """Return the filter that repeats each picture for as long as it is on."""
    return f"setpts='{starts(frames)}',fps={rate},trim=end_frame={sum(frames)}"
