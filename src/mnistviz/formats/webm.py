"""WebM: for web pages, in royalty-free codecs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mnistviz.formats.codecs import VP9
from mnistviz.formats.ffmpeg import Need, encoder_of
from mnistviz.formats.mp4 import BT709, VideoFormat


@dataclass(frozen=True)
class WebM(VideoFormat):
    """VP9 or AV1 at a constant frame rate; times in the file are in milliseconds.

    Attributes
    ----------
    encoder
        As of `Mp4`.
    """

    encoder: Sequence[str] = VP9["standard"]
    name = "webm"

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoder; captions are copied."""
        return (encoder_of(self.encoder),)

    def arguments(self, folder: Path) -> list[str]:
        """Return ffmpeg's arguments, from its inputs to its encoder."""
        return [
            *self.inputs(folder, self.captions),
            # ffmpeg's encoder of WebVTT would lose its escapes: text would become markup.
            *self.mappings("copy"),
            *("-vf", f"{BT709},{self.constant_rate()},{self.cut()}"),
            *self.encoder,
            *("-cues_to_front", "1"),  # a browser can seek before it has the whole file
            *("-fflags", "+bitexact"),  # neither versions nor random numbers: same bytes
        ]
