"""GIF: loops by itself wherever a picture can stand."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, VideoError
from mnistviz.ffmpeg import url
from mnistviz.formats.film_format import FilmFormat

GIF_RATE = 100  # a GIF tells time in hundredths of a second
GIF_DELAYS = range(2, 2**16)  # players take less for a tenth of a second; the field has 16 bits


@dataclass(frozen=True, eq=False)
class Gif(FilmFormat):
    """A GIF that loops for ever, from pictures in RGB.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on, in hundredths of a second; each for 0.02 to 655.35 s.
    palette
        Its colours, uint8 (256, 3). Every pixel takes the nearest; none is dithered.

    Raises
    ------
    VideoError
        If the size is odd, or the palette another.
    OptionError
        If an image is on for a time that a GIF cannot hold.
    """

    palette: NDArray[np.uint8]
    name = "gif"
    pixel_format = "rgb24"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.palette.dtype != np.uint8 or self.palette.shape != (256, 3):
            raise VideoError("a GIF needs a palette: uint8 (256, 3)")
        if self.timeline.frame_rate != GIF_RATE or self.timeline.image_start(1) not in GIF_DELAYS:
            raise OptionError(
                f"a GIF holds an image for 0.02 to 655.35 s (got {self.timeline.seconds_per_image})"
            )

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        return self.timeline.pictures

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told; the palette is left in a file in the folder."""
        palette = folder / "palette"
        palette.write_bytes(np.ascontiguousarray(self.palette).tobytes())
        last = self.timeline.frames - self.timeline.start(self.timeline.pictures - 1)
        start = f"setpts='{self.timeline.start_formula()}'"
        return [
            *self.pictures_input(),
            *("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", "16x16"),
            *("-i", url(palette)),
            *("-filter_complex", f"[0:v]{start}[timed];[timed][1:v]paletteuse=dither=none"),
            *("-loop", "0", "-final_delay", str(last)),
        ]
