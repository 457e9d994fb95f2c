"""MP4: with H.264 in it, what every browser, phone and television plays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from mnistviz.formats.codecs import H264
from mnistviz.formats.companions import ALONE, Companions
from mnistviz.formats.encoded_format import BT709, EncodedFormat
from mnistviz.formats.ffmpeg import TIMESCALE, Need, encoder_named, encoder_of

_CAPTIONS = "mov_text"  # ffmpeg's name of their encoder
# What ffmpeg writes as mov_text it takes by way of ASS, where braces are markup: '\{{}' would
# come out.
_BRACES = str.maketrans("{}", "\N{FULLWIDTH LEFT CURLY BRACKET}\N{FULLWIDTH RIGHT CURLY BRACKET}")


@dataclass(frozen=True)
class Mp4(EncodedFormat):
    """H.264, HEVC or AV1 in BT.709, from pictures in yuv420p.

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
        ffmpeg's arguments for the encoder, which come first: one of `codecs`.
    companions
        What goes into the file beside the pictures.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    variable_frame_rate: bool = False
    encoder: Sequence[str] = H264["standard"]
    companions: Companions = ALONE
    name = "mp4"
    pixel_format = "yuv420p"

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        if self.variable_frame_rate:
            return self.timeline.pictures + self._is_last_held
        return self.timeline.frames

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""
        told = (encoder_named(_CAPTIONS),) if self.companions.captions else ()
        return (encoder_of(self.encoder), TIMESCALE, *told)

    def accompanied(self, companions: Companions) -> Self:
        """Return this format, with what goes into its file beside the pictures."""
        captions = companions.captions.translate(_BRACES)
        return replace(self, companions=replace(companions, captions=captions))

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        rate = self.timeline.frame_rate
        chain = self._variable() if self.variable_frame_rate else self._constant()
        return [
            *self.pictures_input(),
            *self.companions.inputs(folder),
            *self.companions.mappings(_CAPTIONS),
            *("-vf", ",".join([*chain, self.cut()])),
            *self.encoder,
            # A decoder that delays frames would make a variable film's last one end too soon.
            *(("-fps_mode", "vfr", "-bf", "0") if self.variable_frame_rate else ()),
            *("-movie_timescale", str(1000 * rate)),
            *("-movflags", "+faststart"),  # a browser starts before it has the whole file
            *("-fflags", "+bitexact"),  # neither times nor versions: same film, same bytes
        ]

    def _constant(self) -> list[str]:
        return [BT709, self.constant_rate()]

    def _variable(self) -> list[str]:
        """Repeat the last picture in the film's last frame, or the film would end before it."""
        last, end = self.timeline.pictures, self.timeline.frames - 1
        start = f"setpts='if(eq(N,{last}),{end},{self.timeline.start_formula()})'"
        repeat = [f"tpad=stop={self._is_last_held}:stop_mode=clone"]
        return [BT709, *repeat, start]

    @property
    def _is_last_held(self) -> int:
        return int(self.timeline.start(self.timeline.pictures - 1) < self.timeline.frames - 1)
