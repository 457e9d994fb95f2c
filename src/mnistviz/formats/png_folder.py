"""A folder of PNGs: for editors, which take numbered pictures as frames at a constant rate."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from mnistviz.errors import VideoError
from mnistviz.formats.encoded_format import EncodedFormat
from mnistviz.formats.ffmpeg import Need, count_frames, encoder_of, url

PATTERN = "frame-%06d.png"
"""The names of the files, counted from 1."""

_ENCODER = ("-c:v", "png")


@dataclass(frozen=True)
class Pngs(EncodedFormat):
    """A PNG for each frame of a constant rate, from pictures in RGB, without loss.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    name = "image2"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.05
    bearable = 2e9

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""
        return (encoder_of(_ENCODER),)

    @property
    def expected_bytes(self) -> float:
        """About how large all files will be, where a held picture is there for each frame."""
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.frames

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return what ffmpeg is told; the path is the folder of the pictures."""
        target = ("-start_number", "1", "-f", self.name, url(_numbered(path)))
        return [[*self.arguments(folder), *target]]

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        frames = ("-frames:v", str(self.timeline.pictures))  # encoded once, however long it is on
        return [*self.pictures_input(), *frames, *_ENCODER, "-flags:v", "+bitexact"]

    def complete(self, path: Path) -> None:
        """Put each picture where its frames are: copies, since an editor may change one of them."""
        # From the last on: none goes to a place before its own, where another still waits.
        for number in reversed(range(self.timeline.pictures)):
            first, *others = range(self.timeline.start(number), self.timeline.start(number + 1))
            for frame in others:
                shutil.copyfile(_file(path, number), _file(path, frame))
            _file(path, number).rename(_file(path, first))

    def verify(self, path: Path) -> None:
        """Read the pictures back, and raise VideoError if one is missing."""
        found = count_frames(_numbered(path), self.name)
        if found != self.frames:
            raise VideoError(f"ffmpeg wrote {found} pictures instead of {self.frames}")


def _file(folder: Path, frame: int) -> Path:
    """Return the file of a frame, counted from 0."""
    return folder / (PATTERN % (frame + 1))


def _numbered(folder: Path) -> Path:
    """Return the pattern of the pictures in a folder, in whose name a % stands for itself."""
    return Path(str(folder).replace("%", "%%"), PATTERN)
