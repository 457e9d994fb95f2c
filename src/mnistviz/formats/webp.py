"""WebP: loops by itself in a web page, as a GIF does, but lossless and in smooth motion."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import pack, unpack
from typing import BinaryIO

from mnistviz._version import NAME
from mnistviz.errors import VideoError
from mnistviz.formats.encoded import EncodedFormat, Part, Tracks, constant_rate
from mnistviz.formats.ffmpeg import RECENT, Need, encoder_of

# Lossless is smaller here than lossy, and takes no longer: docs/encoding.md.
_ENCODER = ("-c:v", "libwebp_anim", "-lossless", "1", "-compression_level", "1", "-quality", "30")
_OURS = b"SOFT"  # a chunk of our own, which says who drew the film
_RIFF, _WEBP, _FRAME, _STILL = b"RIFF", b"WEBP", b"ANMF", b"VP8L"
_CHUNK = 8  # bytes of a chunk's name and length
_DURATION = slice(_CHUNK + 12, _CHUNK + 15)  # of a frame, in milliseconds


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
        return (encoder_of(_ENCODER), RECENT)

    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments to encode a segment as a WebP of its own."""
        return [
            # The encoder joins equal frames.
            *("-vf", constant_rate(frames, self.timeline.frame_rate)),
            *(*_ENCODER, "-pix_fmt", "bgra", "-flags:v", "+bitexact"),
            *("-loop", "0", "-fflags", "+bitexact", "-f", self.name, "pipe:1"),
        ]

    def join(self, parts: Sequence[Part], path: Path, tracks: Tracks) -> None:
        """Write the headers of the first segment, and the frames of all.

        A segment begins with a whole picture, so its frames need none before them.
        """
        with path.open("wb") as film:
            for number, part in enumerate(parts):
                milliseconds = round(1000 * sum(part.frames) / self.timeline.frame_rate)
                with part.path.open("rb") as segment:
                    for name, content in self._animated(_chunks(segment), milliseconds):
                        if number == 0 or name == _FRAME:
                            film.write(content)
            film.write(pack("<4sI", _OURS, len(NAME)) + NAME.encode())  # readers pass over it
            length = film.tell()
            film.seek(len(_RIFF))
            film.write(pack("<I", length - _CHUNK))

    def _animated(
        self, chunks: Iterator[tuple[bytes, bytes]], milliseconds: int
    ) -> Iterator[tuple[bytes, bytes]]:
        """Yield chunks; a still, which is what the encoder makes of one picture, as a frame."""
        for name, content in chunks:
            if name != _STILL:
                yield name, content
                continue
            file_header, still = content[: _CHUNK + len(_WEBP)], content[_CHUNK + len(_WEBP) :]
            size = b"".join((side - 1).to_bytes(3, "little") for side in self.size)
            header = pack("<4sI", b"VP8X", 10) + b"\x02\0\0\0" + size  # animated
            yield b"VP8X", file_header + header
            yield b"ANIM", pack("<4sIIH", b"ANIM", 6, 0xFFFFFFFF, 0)  # on white, for ever
            frame = bytes(6) + size + milliseconds.to_bytes(3, "little") + b"\0" + still
            yield _FRAME, pack("<4sI", _FRAME, len(frame)) + frame

    def verify(self, path: Path, parts: Sequence[Part]) -> None:
        """Read a film back, and raise VideoError if it is not whole or of another length."""
        times = list(_frame_times(path))
        most = sum(len(part.frames) for part in parts)
        if not 0 < len(times) <= most:
            raise VideoError(f"ffmpeg wrote {len(times)} frames of {most}")
        length, expected = sum(times), 1000 * self.timeline.frames / self.timeline.frame_rate
        if abs(length - expected) > 2 * len(parts):  # each end of a segment is rounded
            raise VideoError(f"ffmpeg wrote {length} ms instead of {expected:.0f} ms")


def _frame_times(path: Path) -> Iterator[int]:
    """Return the time of each frame of a WebP in milliseconds; read to the end of the file."""
    with path.open("rb") as file:
        for name, content in _chunks(file):
            if name == _FRAME:
                yield int.from_bytes(content[_DURATION], "little")


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the whole of each chunk of a WebP; the first has the file's own header.

    Source: the container specification of WebP, https://developers.google.com/speed/webp/docs.
    """
    start = file.read(_CHUNK + len(_WEBP))
    name, length, kind = unpack("<4sI4s", start.ljust(_CHUNK + len(_WEBP)))
    if (name, kind, length + _CHUNK) != (_RIFF, _WEBP, os.fstat(file.fileno()).st_size):
        raise VideoError("the film cannot be read back: it is no whole WebP")
    while header := file.read(_CHUNK):
        name, length = unpack("<4sI", header)
        yield name, start + header + file.read(length + length % 2)
        start = b""
