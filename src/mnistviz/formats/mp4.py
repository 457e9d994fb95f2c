"""MP4: what every browser, phone and television plays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from mnistviz.formats.companions import ALONE, Companions
from mnistviz.formats.film_format import BT709, FilmFormat

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


@dataclass(frozen=True)
class Mp4(FilmFormat):
    """H.264 in BT.709, from pictures in yuv420p.

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
    companions
        What goes into the file beside the pictures.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    variable_frame_rate: bool = False
    encoder: Sequence[str] = QUALITIES["standard"]
    companions: Companions = ALONE
    name = "mp4"
    pixel_format = "yuv420p"

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        if self.variable_frame_rate:
            return self.timeline.pictures + self._is_last_held
        return self.timeline.frames

    def accompanied(self, companions: Companions) -> Self:
        """Return this format, with what goes into its file beside the pictures."""
        return replace(self, companions=companions)

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        rate = self.timeline.frame_rate
        chain = self._variable() if self.variable_frame_rate else self._constant()
        return [
            *self.pictures_input(),
            *self.companions.inputs(folder),
            *self.companions.mappings("mov_text"),
            *("-vf", ",".join(chain), "-frames:v", str(self.frames)),
            *self.encoder,
            # A decoder that delays frames would make a variable film's last one end too soon.
            *(("-fps_mode", "vfr", "-bf", "0") if self.variable_frame_rate else ()),
            # By default headers count milliseconds, and frames at 30 a second take 33⅓.
            *("-movie_timescale", str(1000 * rate)),
            *("-movflags", "+faststart"),  # a browser starts before it has the whole file
            # Neither times nor ffmpeg's version nor x264's note of its settings: same film, same
            # bytes.
            *("-fflags", "+bitexact"),
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
