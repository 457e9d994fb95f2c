"""WebP: loops by itself in a web page, as a GIF does, but lossless and in smooth motion."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack

from mnistviz.errors import VideoError
from mnistviz.formats.ffmpeg import Need, encoder_of
from mnistviz.formats.writer import EncodedFormat

# Lossless is smaller here than lossy, and takes no longer: docs/encoding.md.
_ENCODER = ("-c:v", "libwebp_anim", "-lossless", "1", "-compression_level", "1", "-quality", "50")
_HEADER = 16  # bytes of a frame, before its pixels
_DURATION = slice(12, 15)  # in that header, in milliseconds


@dataclass(frozen=True)
class WebP(EncodedFormat):
    """A lossless WebP that loops for ever, from pictures in RGB; its times are in milliseconds."""

    name = "webp"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.006
    warn_above_bytes = 50e6
    most_bytes = 4e9  # its header counts them in 32 bits

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoder."""
        return (encoder_of(_ENCODER),)

    def arguments(self, folder: Path) -> list[str]:
        """Return ffmpeg's arguments, from its input to its encoder."""
        return [
            *self.pictures_input(),
            # The encoder joins equal frames.
            *("-vf", self.constant_rate(), "-frames:v", str(self.frames)),
            *(*_ENCODER, "-pix_fmt", "bgra", "-flags:v", "+bitexact"),
            *("-loop", "0", "-fflags", "+bitexact", "-map_metadata", "-1"),
        ]

    def verify(self, path: Path) -> None:
        """Read a film back, and raise VideoError if it is not whole or of another length."""
        times = list(_frame_times(path))
        if not 0 < len(times) <= self.timeline.pictures:
            raise VideoError(f"ffmpeg wrote {len(times)} frames of {self.timeline.pictures}")
        length, expected = sum(times), 1000 * self.timeline.frames / self.timeline.frame_rate
        if abs(length - expected) > 2:  # each end is rounded
            raise VideoError(f"ffmpeg wrote {length} ms instead of {expected:.0f} ms")


def _frame_times(path: Path) -> Iterator[int]:
    """Return the time of each frame of a WebP in milliseconds; read to the end of the file."""
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
