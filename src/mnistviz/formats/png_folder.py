"""A folder of PNGs: for editors, which read numbered pictures as frames at a constant rate."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mnistviz.errors import VideoError
from mnistviz.formats.base import PictureWriter
from mnistviz.formats.ffmpeg import Need, count_frames, encoder_of, url
from mnistviz.formats.writer import EncodedFormat, VideoWriter
from mnistviz.output import replacing_folder

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
        return self.bytes_a_pixel * self.size[0] * self.size[1] * self.frames

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoder."""
        return (encoder_of(_ENCODER),)

    @contextmanager
    def writer(
        self, out: Path | str, companion_files: Mapping[Path, bytes]
    ) -> Iterator[PictureWriter]:
        """Write to a temporary folder, which then takes the place of `out`: no companion files."""
        with replacing_folder(Path(out)) as part, VideoWriter(part, self) as writer:
            yield writer

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return ffmpeg's arguments; the path is the folder of the pictures."""
        target = ("-start_number", "1", "-f", self.name, url(_pattern(path)))
        return [[*self.arguments(folder), *target]]

    def arguments(self, folder: Path) -> list[str]:
        """Return ffmpeg's arguments, from its input to its encoder."""
        frames = ("-frames:v", str(self.timeline.pictures))  # encoded once, however long it is on
        return [*self.pictures_input(), *frames, *_ENCODER, "-flags:v", "+bitexact"]

    def finish(self, path: Path) -> None:
        """Move each picture to its first frame, and copy it to the others.

        No hard links: an editor may change one of them.
        """
        # Backwards: no file is moved to a place where another still waits.
        for number in reversed(range(self.timeline.pictures)):
            first, *others = range(self.timeline.start(number), self.timeline.start(number + 1))
            for frame in others:
                shutil.copyfile(_file(path, number), _file(path, frame))
            _file(path, number).rename(_file(path, first))

    def verify(self, path: Path) -> None:
        """Read the pictures back, and raise VideoError if one is missing."""
        found = count_frames(_pattern(path), self.name)
        if found != self.frames:
            raise VideoError(f"ffmpeg wrote {found} pictures instead of {self.frames}")


def _file(folder: Path, frame: int) -> Path:
    """Return the file of a frame, counted from 0."""
    return folder / (PATTERN % (frame + 1))


def _pattern(folder: Path) -> Path:
    """Return the pattern of the pictures' paths, with any % of the folder's name escaped."""
    return Path(str(folder).replace("%", "%%"), PATTERN)
