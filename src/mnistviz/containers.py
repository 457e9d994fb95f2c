"""Kinds of film: what ffmpeg is told to make of the pictures, and what it should have made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, VideoError
from mnistviz.ffmpeg import url
from mnistviz.timeline import Timeline

_H264 = (
    *("-c:v", "libx264"),  # H.264 is what every browser, phone and television plays
    *("-profile:v", "high"),  # 8 bits, 4:2:0: all that hardware decoders can be relied on for
    *("-flags:v", "+cgop+bitexact"),  # closed groups of pictures can be cut and joined losslessly
    *("-threads", "4"),  # the bytes depend on their number, so it is not the machine's
)

# Chosen by measurements on this content: docs/encoding.md. Without adaptive quantisation
# (aq-mode 0) the worst pixel is half as far off, at the same speed and a fifth more bytes.
QUALITIES = {
    "draft": (*_H264, *("-preset", "ultrafast", "-crf", "24", "-coder", "ac")),
    "standard": (
        *(*_H264, "-preset", "superfast", "-tune", "animation", "-subq", "0"),
        *("-b_strategy", "0", "-trellis", "1", "-aq-mode", "0", "-crf", "18", "-g", "60"),
    ),
    "master": (*_H264, *("-preset", "medium", "-aq-mode", "0", "-crf", "8", "-g", "30")),
}
"""ffmpeg's arguments for the encoder of an MP4, by quality."""

GIF_RATE = 100  # a GIF tells time in hundredths of a second
GIF_DELAYS = range(2, 2**16)  # players take less for a tenth of a second; the field has 16 bits


@dataclass(frozen=True)
class Mp4:
    """H.264 in BT.709, from pictures in yuv420p, each uint8 (height × width × 3 / 2,).

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on.
    variable_frame_rate
        Whether a held picture takes one frame only. It is encoded sooner, but not every editor
        takes it. By default the frame rate is constant.
    encoder
        ffmpeg's arguments for the encoder.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    size: tuple[int, int]
    timeline: Timeline
    variable_frame_rate: bool = False
    encoder: Sequence[str] = QUALITIES["standard"]
    name = "mp4"

    def __post_init__(self) -> None:
        _check_even(self.size)

    @property
    def picture_shape(self) -> tuple[int, ...]:
        """Shape of the array that a picture is."""
        return (self.size[0] * self.size[1] * 3 // 2,)

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        if self.variable_frame_rate:
            return self.timeline.pictures + self._is_last_held
        return self.timeline.frames

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        rate = self.timeline.frame_rate
        chain = self._variable() if self.variable_frame_rate else self._constant()
        return [
            *_input("yuv420p", self.size, rate),
            *("-vf", ",".join(chain), "-frames:v", str(self.frames)),
            *self.encoder,
            # A decoder that delays frames would make a variable film's last one end too soon.
            *(("-fps_mode", "vfr", "-bf", "0") if self.variable_frame_rate else ()),
            # By default headers count milliseconds, and frames at 30 a second take 33⅓.
            *("-movie_timescale", str(1000 * rate)),
            *("-movflags", "+faststart"),  # a browser starts before it has the whole file
            # Neither times nor ffmpeg's version nor x264's note of its settings: same film, same
            # bytes.
            *("-fflags", "+bitexact", "-map_metadata", "-1"),
            *("-bsf:v", "filter_units=remove_types=6"),
        ]

    def _constant(self) -> list[str]:
        fps = f"fps={self.timeline.frame_rate}"  # repeats a picture for as long as it is held
        return [BT709, f"setpts='{self.timeline.start_formula()}'", fps]

    def _variable(self) -> list[str]:
        """Repeat the last picture in the film's last frame, or the film would end before it."""
        last, end = self.timeline.pictures, self.timeline.frames - 1
        start = f"setpts='if(eq(N,{last}),{end},{self.timeline.start_formula()})'"
        repeat = [f"tpad=stop={self._is_last_held}:stop_mode=clone"]
        return [BT709, *repeat, start]

    @property
    def _is_last_held(self) -> int:
        return int(self.timeline.start(self.timeline.pictures - 1) < self.timeline.frames - 1)


@dataclass(frozen=True, eq=False)
class Gif:
    """A GIF that loops for ever, from pictures in RGB, each uint8 (height, width, 3).

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

    size: tuple[int, int]
    timeline: Timeline
    palette: NDArray[np.uint8]
    name = "gif"

    def __post_init__(self) -> None:
        _check_even(self.size)
        if self.palette.dtype != np.uint8 or self.palette.shape != (256, 3):
            raise VideoError("a GIF needs a palette: uint8 (256, 3)")
        if self.timeline.frame_rate != GIF_RATE or self.timeline.image_start(1) not in GIF_DELAYS:
            raise OptionError(
                f"a GIF holds an image for 0.02 to 655.35 s (got {self.timeline.seconds_per_image})"
            )

    @property
    def picture_shape(self) -> tuple[int, ...]:
        """Shape of the array that a picture is."""
        return (self.size[1], self.size[0], 3)

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
            *_input("rgb24", self.size, GIF_RATE),
            *("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", "16x16"),
            *("-i", url(palette)),
            *("-filter_complex", f"[0:v]{start}[timed];[timed][1:v]paletteuse=dither=none"),
            *("-loop", "0", "-final_delay", str(last)),
        ]


# As output options, -color_primaries and -color_trc are dropped.
BT709 = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


def _input(pixel_format: str, size: tuple[int, int], rate: int) -> list[str]:
    video_size = "{}x{}".format(*size)
    how = ("-f", "rawvideo", "-pixel_format", pixel_format, "-video_size", video_size)
    return [*how, "-framerate", str(rate), "-i", "pipe:0"]


def _check_even(size: tuple[int, int]) -> None:
    if min(size) < 2 or size[0] % 2 or size[1] % 2:
        raise VideoError("a film's width and height must be even (got {}x{})".format(*size))
