"""MP4: with H.264 in it, what every browser, phone and television plays."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from mnistviz.formats.codecs import H264
from mnistviz.formats.ffmpeg import TIMESCALE, Need, encoder_named, encoder_of, url
from mnistviz.formats.writer import EncodedFormat

# As output options, -color_primaries and -color_trc are dropped.
BT709 = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
_CAPTIONS = "mov_text"
# ffmpeg encodes mov_text by way of ASS, where braces are markup: '\{{}' would come out.
_BRACES = str.maketrans("{}", "\N{FULLWIDTH LEFT CURLY BRACKET}\N{FULLWIDTH RIGHT CURLY BRACKET}")


@dataclass(frozen=True)
class VideoFormat(EncodedFormat):
    """A format for players, in BT.709, with captions, chapters and tags.

    Attributes
    ----------
    captions
        WebVTT. Default: the film has none.
    metadata
        FFMETADATA: tags and chapters. Default: the film has neither.
    """

    pixel_format = "yuv420p"
    _: KW_ONLY
    captions: str = ""
    metadata: str = ""

    def inputs(self, folder: Path, captions: str) -> list[str]:
        """Return ffmpeg's inputs: pictures from stdin, captions and metadata from files."""
        arguments = self.pictures_input()
        for kind, content in (("webvtt", captions), ("ffmetadata", self.metadata)):
            if content:
                path = folder / kind
                path.write_text(content, "utf-8", newline="\n")
                arguments += ["-f", kind, "-i", url(path)]
        return arguments

    def mappings(self, caption_codec: str) -> list[str]:
        """Return the arguments that say where each input goes.

        Parameters
        ----------
        caption_codec
            ffmpeg's name for the encoder of the captions; 'copy' leaves them WebVTT.
        """
        # They were asked for, so a player should show them by default.
        default = ("-disposition:s:0", "default", "-metadata:s:s:0", "language=eng")
        captions = ("-map", "1:s", "-c:s", caption_codec, *default) if self.captions else ()
        source = str(1 + bool(self.captions)) if self.metadata else "-1"
        pictures = ("-map", "0:v", "-disposition:v:0", "default")  # which a WebM would deny
        # Nothing else may come from an input: same film, same bytes.
        return [*pictures, *captions, "-map_metadata", source, "-map_chapters", source]

    def cut(self) -> str:
        """Return the filter that ends the film with its last frame.

        The option ``-frames:v`` would end the captions too, at the time that the encoder has
        reached: AV1 lags behind, and lost the last caption.
        """
        return f"trim=end_frame={self.frames}"


@dataclass(frozen=True)
class Mp4(VideoFormat):
    """H.264, HEVC or AV1.

    Attributes
    ----------
    variable_frame_rate
        Whether a held picture takes one frame only. It is encoded sooner, but not every editor
        takes it. By default the frame rate is constant.
    encoder
        ffmpeg's arguments for the encoder, which come first: one of `codecs`.
    """

    variable_frame_rate: bool = False
    encoder: Sequence[str] = H264["standard"]
    name = "mp4"

    @property
    def frames(self) -> int:
        """Number of frames in the file."""
        if self.variable_frame_rate:
            return self.timeline.pictures + self._repeats_last
        return self.timeline.frames

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoders, and exact times."""
        captions = (encoder_named(_CAPTIONS),) if captioned else ()
        return (encoder_of(self.encoder), TIMESCALE, *captions)

    def arguments(self, folder: Path) -> list[str]:
        """Return ffmpeg's arguments, from its inputs to its encoder."""
        filters = self._variable_rate() if self.variable_frame_rate else [self.constant_rate()]
        return [
            *self.inputs(folder, self.captions.translate(_BRACES)),
            *self.mappings(_CAPTIONS),
            *("-vf", ",".join([BT709, *filters, self.cut()])),
            *self.encoder,
            # A decoder that delays frames would make a variable film's last one end too soon.
            *(("-fps_mode", "vfr", "-bf", "0") if self.variable_frame_rate else ()),
            *("-movie_timescale", str(1000 * self.timeline.frame_rate)),
            *("-movflags", "+faststart"),  # a browser starts before it has the whole file
            *("-fflags", "+bitexact"),  # neither times nor versions: same film, same bytes
        ]

    def _variable_rate(self) -> list[str]:
        """Repeat the last picture in the film's last frame, or the film would end before it."""
        last, end = self.timeline.pictures, self.timeline.frames - 1
        repeat = f"tpad=stop={self._repeats_last}:stop_mode=clone"
        return [repeat, f"setpts='if(eq(N,{last}),{end},{self.timeline.start_formula()})'"]

    @property
    def _repeats_last(self) -> int:
        return int(self.timeline.start(self.timeline.pictures - 1) < self.timeline.frames - 1)
