"""WebP: loops by itself in a web page, as a GIF does, but lossless and in smooth motion."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack

from mnistviz.errors import VideoError
from mnistviz.formats.encoded_format import EncodedFormat
from mnistviz.formats.ffmpeg import Need, encoder_of

# Lossless is smaller here than lossy, and takes no longer: docs/encoding.md.
_ENCODER = ("-c:v", "libwebp_anim", "-lossless", "1", "-compression_level", "1", "-quality", "50")
_HEADER = 16  # bytes of a frame, before its pixels
_DURATION = slice(12, 15)  # among them


@dataclass(frozen=True)
class WebP(EncodedFormat):
    """A lossless WebP that loops for ever, from pictures in RGB.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on. The file tells time in milliseconds.

    Raises
    ------
    VideoError
        If the size is odd.
    OptionError
        If it would be larger than a WebP can be.
    """

    name = "webp"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.006
    bearable = 50e6
    most_bytes = 4e9  # its header counts them in 32 bits

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""
        return (encoder_of(_ENCODER),)

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        return [
            *self.pictures_input(),
            # The encoder makes one frame of frames that are alike.
            *("-vf", self.constant_rate(), "-frames:v", str(self.frames)),
            *(*_ENCODER, "-pix_fmt", "bgra", "-flags:v", "+bitexact"),
            *("-loop", "0", "-fflags", "+bitexact", "-map_metadata", "-1"),
        ]

    def verify(self, path: Path) -> None:
        """Read a film back, and raise VideoError if it is not whole or lasts another time."""
        times = list(_frame_times(path))
        if not 0 < len(times) <= self.timeline.pictures:
            raise VideoError(f"ffmpeg wrote {len(times)} frames of {self.timeline.pictures}")
        lasts, expected = sum(times), 1000 * self.timeline.frames / self.timeline.frame_rate
        if abs(lasts - expected) > 2:  # each end is rounded
            raise VideoError(f"ffmpeg wrote {lasts} ms instead of {expected:.0f} ms")


def _frame_times(path: Path) -> Iterator[int]:
    """Return how long each frame of a WebP is on, in milliseconds; read to the end of the file."""
    with path.open("rb") as file:
        name, length, kind = unpack("<4sI4s", file.read(12).ljust(12))
        if (name, kind, length + 8) != (b"RIFF", b"WEBP", path.stat().st_size):
            raise VideoError("the film cannot be read back: it is no whole WebP")
        while header := file.read(8):
            name, length = unpack("<4sI", header)
            chunk = file.tell()
            if name == b"ANMF":
                yield int.from_bytes(file.read(_HEADER)[_DURATION], "little")
            file.seek(chunk + length + length % 2)
