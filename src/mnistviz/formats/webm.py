"""WebM: for web pages, in codecs that nobody has to pay for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from mnistviz.formats.codecs import VP9
from mnistviz.formats.companions import ALONE, Companions
from mnistviz.formats.encoded_format import BT709, EncodedFormat
from mnistviz.formats.ffmpeg import Need, encoder_of


@dataclass(frozen=True)
class WebM(EncodedFormat):
    """VP9 or AV1 in BT.709, from pictures in yuv420p, at a constant frame rate.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on. The file tells time in milliseconds.
    encoder
        ffmpeg's arguments for the encoder, which come first: one of `codecs`.
    companions
        What goes into the file beside the pictures.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    encoder: Sequence[str] = VP9["standard"]
    companions: Companions = ALONE
    name = "webm"
    pixel_format = "yuv420p"

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""
        return (encoder_of(self.encoder),)

    def accompanied(self, companions: Companions) -> Self:
        """Return this format, with what goes into its file beside the pictures."""
        return replace(self, companions=companions)

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told, from its input to its encoder."""
        return [
            *self.pictures_input(),
            *self.companions.inputs(folder),
            # Written anew by ffmpeg, WebVTT would lose its escapes: text would become markup.
            *self.companions.mappings("copy"),
            *("-vf", f"{BT709},{self.constant_rate()},{self.cut()}"),
            *self.encoder,
            *("-cues_to_front", "1"),  # a browser can seek before it has the whole file
            *("-fflags", "+bitexact"),  # neither versions nor numbers by chance: same bytes
        ]
