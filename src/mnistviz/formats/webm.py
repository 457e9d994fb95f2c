"""WebM: for web pages, in royalty-free codecs."""

from collections.abc import Sequence
from dataclasses import dataclass

from mnistviz.formats.codecs import VP9
from mnistviz.formats.ffmpeg import RECENT, Need, encoder_of
from mnistviz.formats.mp4 import VideoFormat


@dataclass(frozen=True)
class WebM(VideoFormat):
    """VP9 or AV1; times in the file are in milliseconds."""

    encoder: Sequence[str] = VP9["standard"]
    name = "webm"
    # ffmpeg's encoder of WebVTT would lose its escapes: text would become markup.
    caption_codec = "copy"
    # Colours are in the container alone, and NUT has no place for them.
    stream = ("-fflags", "+bitexact", "-f", "matroska", "pipe:1")

    def container(self) -> tuple[str, ...]:
        """Return ffmpeg's arguments for the container."""
        rate = self.timeline.frame_rate
        # Milliseconds that were rounded in a segment would be rounded again in the film.
        exact = ("-bsf:v", f"setts=ts=round(N/{rate}/TB):duration=round(1/{rate}/TB)")
        return (*exact, "-cues_to_front", "1")  # a browser can seek before it has the whole file

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoder; captions are copied."""
        return (encoder_of(self.encoder), RECENT)
