"""A folder of PNGs: for editors, which read numbered pictures as frames at a constant rate."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from mnistviz.errors import VideoError
from mnistviz.formats.encoded import STREAM, EncodedFormat, Part, Tracks
from mnistviz.formats.ffmpeg import Need, count_frames, encoder_of, url, write

PATTERN = "frame-%06d.png"  # names of the files, counted from 1
_ENCODER = ("-c:v", "png")


@dataclass(frozen=True)
class Pngs(EncodedFormat):
    """A lossless PNG for each frame of a constant rate, from pictures in RGB."""

    name = "image2"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.05
    warn_above_bytes = 2e9

    @property
    def expected_bytes(self) -> float:
        """Approximate size of all files; a held picture is copied for each of its frames."""
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.timeline.frames

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoder."""
        return (encoder_of(_ENCODER),)

    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments to encode the pictures of a segment, each once."""
        return [*_ENCODER, "-flags:v", "+bitexact", *STREAM]

    def join(self, parts: Sequence[Part], path: Path, tracks: Tracks) -> None:
        """Write the pictures as files into a folder, and copy what is held to all its frames.

        No hard links: an editor may change one of them.
        """
        numbered = ("-start_number", "1", "-f", self.name, url(_pattern(path)))
        write([*self.listed(parts), "-c:v", "copy", *numbered])
        frames = [count for part in parts for count in part.frames]
        ends = [*accumulate(frames)]
        # Backwards: no file is moved to a place where another still waits.
        for number in reversed(range(len(frames))):
            first, *others = range(ends[number] - frames[number], ends[number])
            for frame in others:
                shutil.copyfile(_file(path, number), _file(path, frame))
            _file(path, number).rename(_file(path, first))

    def verify(self, path: Path, parts: Sequence[Part]) -> None:
        """Read the pictures back, and raise VideoError if one is missing."""
        found = count_frames(_pattern(path), self.name)
        if found != self.timeline.frames:
            raise VideoError(f"ffmpeg wrote {found} pictures instead of {self.timeline.frames}")


def _file(folder: Path, frame: int) -> Path:
    """Return the file of a frame, counted from 0."""
    return folder / (PATTERN % (frame + 1))


def _pattern(folder: Path) -> Path:
    """Return the pattern of the pictures' paths, with any % of the folder's name escaped."""
    return Path(str(folder).replace("%", "%%"), PATTERN)
