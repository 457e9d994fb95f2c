"""GIF: loops by itself wherever a picture can be."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from mnistviz._version import NAME
from mnistviz.errors import OptionError, SizeWarning, VideoError
from mnistviz.formats.encoded import STREAM, EncodedFormat, Part, Tracks, starts
from mnistviz.formats.ffmpeg import RECENT, Need, count_frames, encoder_of, url, write
from mnistviz.formats.limit import FilmSizeError

GIF_RATE = 100  # a GIF counts hundredths of a second
GIF_PICTURES = 10  # a second, while everything moves; more would be megabytes
GIF_DELAYS = range(2, 2**16)  # players read less as a tenth of a second; the field has 16 bits
COLOURS = (255, 128, 64)  # the usual number, and fewer where a film must be smaller
LEAST_SAVED = 0.85  # of a film's bytes, that remain with the fewest colours: measured at 1080p
_KEPT = ("-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-threads", "1", "-bf", "0")


@dataclass(frozen=True)
class Gif(EncodedFormat):
    """A GIF that loops for ever, from pictures in RGB, each shown for 0.02 to 655.35 s.

    Its segments keep the pictures without loss. They are read twice: to find the 255 colours that
    are closest to all of theirs, and to give every pixel the nearest of these, without dithering.

    Attributes
    ----------
    max_size
        Most bytes of the file; None for any number.

    Raises
    ------
    OptionError
        If the timeline does not count hundredths of a second, or an image is shown for a time
        that a GIF cannot hold.
    """

    max_size: int | None = None

    name = "gif"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.03
    warn_above_bytes = 50e6
    most_bytes = 1e9  # browsers hold all frames, unpacked, and give up long before

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.timeline.frame_rate != GIF_RATE or self.timeline.image_start(1) not in GIF_DELAYS:
            raise OptionError(
                f"a GIF holds an image for 0.02 to 655.35 s (got {self.timeline.seconds_per_image})"
            )

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the filter that finds the colours, and the encoder that keeps the pictures."""
        palette = Need("the filter palettegen", ("-filters",), " palettegen ")
        return (palette, encoder_of(_KEPT), RECENT)

    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments to keep the pictures of a segment without loss."""
        times = f"settb=1/{GIF_RATE},setpts='{starts(frames)}'"
        return ["-vf", times, "-fps_mode", "passthrough", *_KEPT, *STREAM]

    @property
    def expected_bytes(self) -> float:
        """Approximate size of the file."""
        return min(super().expected_bytes, self.max_size or inf)

    def join(self, parts: Sequence[Part], path: Path, tracks: Tracks) -> None:
        """Find the colours of all pictures, and write these in them; fewer where it must be.

        Raises
        ------
        FilmSizeError
            If the file has more than `max_size` bytes even so.
        """
        most = self.max_size or inf
        for colours in COLOURS:
            self._write(parts, path, colours)
            _say_who_drew(path)
            if (size := path.stat().st_size) <= most:
                break
            if LEAST_SAVED * size > most:
                raise FilmSizeError(size)
        else:
            raise FilmSizeError(size)
        if colours != COLOURS[0]:
            warnings.warn(f"the GIF has {colours} colours, to keep to its size", SizeWarning, 2)

    def _write(self, parts: Sequence[Part], path: Path, colours: int) -> None:
        """Write all pictures in so many colours."""
        pictures, palette = self.listed(parts), parts[0].path.with_name("palette")
        # One colour of 256 is left for transparency: a frame stores only what changes.
        found = f"palettegen=max_colors={colours + 1}:stats_mode=full"
        find = ("-vf", found, "-c:v", "png", "-f", "image2", "-update", "1")
        write([*pictures, *find, "-y", url(palette)])
        last = parts[-1].frames[-1]
        coloured = "[0:v][1:v]paletteuse=dither=none"
        write(
            [
                *(*pictures, "-f", "png_pipe", "-i", url(palette), "-filter_complex", coloured),
                *("-fps_mode", "passthrough", "-loop", "0", "-final_delay", str(last)),
                *("-y", "-f", self.name, url(path)),
            ]
        )

    def verify(self, path: Path, parts: Sequence[Part]) -> None:
        """Read a film back, and raise VideoError if it lacks a picture or cannot be read."""
        found, expected = count_frames(path, self.name), sum(len(part.frames) for part in parts)
        if found != expected:
            raise VideoError(f"ffmpeg wrote {found} pictures instead of {expected}")


def _say_who_drew(path: Path) -> None:
    """Add our name after the byte that ends a GIF, where readers no longer look.

    A comment before it would be a frame more for ffmpeg.
    """
    with path.open("ab") as film:
        film.write(NAME.encode())
