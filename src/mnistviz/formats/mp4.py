"""MP4: with H.264 in it, what every browser, phone and television plays."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import ClassVar

import numpy as np

from mnistviz.formats.base import Picture
from mnistviz.formats.codecs import H264, PICTURES_ONCE
from mnistviz.formats.encoded import STREAM, Encoded, EncodedFormat, Part, Tracks, constant_rate
from mnistviz.formats.ffmpeg import RECENT, Need, encoder_named, encoder_of, url, write
from mnistviz.formats.h264 import UnexpectedStreamError
from mnistviz.formats.holds import GREYS, key_pictures, with_holds

# As output options, -color_primaries and -color_trc are dropped.
BT709 = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
# ffmpeg encodes mov_text by way of ASS, where braces are markup: '\{{}' would come out.
_BRACES = str.maketrans("{}", "\N{FULLWIDTH LEFT CURLY BRACKET}\N{FULLWIDTH RIGHT CURLY BRACKET}")
_GREY = 128
_H264 = ("-f", "h264", "pipe:1")


@dataclass(frozen=True)
class VideoFormat(EncodedFormat):
    """A format for players, in BT.709, at a constant frame rate.

    Attributes
    ----------
    encoder
        ffmpeg's arguments for the encoder, which come first: one of `codecs`.
    key_seconds
        Seconds from a key frame to the next, at most: where a player can begin.
    """

    encoder: Sequence[str] = H264["standard"]
    key_seconds: int = 2
    pixel_format = "yuv420p"
    caption_codec: ClassVar[str]  # as ffmpeg names it; 'copy' leaves captions WebVTT
    stream: ClassVar[tuple[str, ...]] = STREAM  # of a segment

    @abstractmethod
    def container(self) -> tuple[str, ...]:
        """Return ffmpeg's arguments for the container."""

    @property
    def key_frames(self) -> int:
        """Frames from a key frame to the next, at most."""
        return max(2, self.key_seconds * self.timeline.frame_rate)

    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments to encode every frame of a segment."""
        filters = f"{BT709},{constant_rate(frames, self.timeline.frame_rate)}"
        return ["-vf", filters, *self.encoder, "-g", str(self.key_frames), *self.stream]

    def join(self, parts: Sequence[Part], path: Path, tracks: Tracks) -> None:
        """Copy segments into a film, with captions, chapters and tags."""
        source, pieces = self.source(parts)
        write(
            [
                *source,
                *self._inputs(parts[0].path.parent, tracks),
                *self._mappings(tracks),
                # Else which of captions and pictures comes first is up to ffmpeg's threads.
                *("-max_interleave_delta", "0"),
                *("-c:v", "copy", *self.container(), "-fflags", "+bitexact"),
                *("-y", "-f", self.name, url(path)),
            ],
            pieces,
        )

    def source(self, parts: Sequence[Part]) -> tuple[list[str], Iterable[bytes]]:
        """Return ffmpeg's first input, the segments, and what it reads from stdin."""
        return self.listed(parts), ()

    def _inputs(self, folder: Path, tracks: Tracks) -> list[str]:
        """Return ffmpeg's other inputs: captions and metadata from files."""
        captions, metadata, _ = tracks
        if self.caption_codec != "copy":
            captions = captions.translate(_BRACES)
        arguments = []
        for kind, content in (("webvtt", captions), ("ffmetadata", metadata)):
            if content:
                path = folder / kind
                path.write_text(content, "utf-8", newline="\n")
                arguments += ["-f", kind, "-i", url(path)]
        return arguments

    def _mappings(self, tracks: Tracks) -> list[str]:
        """Return the arguments that say where each input goes."""
        # They were asked for, so a player should show them by default.
        language = f"language={tracks.language}"
        default = ("-disposition:s:0", "default", "-metadata:s:s:0", language)
        captions = ("-map", "1:s", "-c:s", self.caption_codec, *default) if tracks.captions else ()
        source = str(1 + bool(tracks.captions)) if tracks.metadata else "-1"
        pictures = ("-map", "0:v", "-disposition:v:0", "default")  # which a WebM would deny
        # Nothing else may come from an input: same film, same bytes.
        return [*pictures, *captions, "-map_metadata", source, "-map_chapters", source]


@dataclass(frozen=True)
class Mp4(VideoFormat):
    """H.264, HEVC or AV1.

    In H.264 each picture is encoded once: the frames in which it is held are copies that cost
    nothing, `holds`.
    """

    name = "mp4"
    caption_codec = "mov_text"

    def container(self) -> tuple[str, ...]:
        """Return ffmpeg's arguments for the container."""
        rate = self.timeline.frame_rate
        tag = ("-tag:v", "hvc1") if "libx265" in self.encoder else ()  # as Apple's players expect
        # ffmpeg guesses times in bare H.264; these are rounded again, to whole frames.
        times = f"setts=ts=round(N/{rate}/TB):duration=round(1/{rate}/TB)"
        counted = ("-bsf:v", times) if self._is_h264 else ()
        scale = str(1000 * rate)
        exact = (*counted, "-movie_timescale", scale, "-video_track_timescale", scale)
        return (*tag, *exact, "-movflags", "+faststart")  # a browser starts before it has it all

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the encoders, and exact times."""
        captions = (encoder_named(self.caption_codec),) if captioned else ()
        return (encoder_of(self.encoder), RECENT, *captions)

    def encoded(self, frames: Sequence[int], pictures: Callable[[], Iterable[Picture]]) -> Encoded:
        """Encode a segment; as `EncodedFormat`."""
        if not self._is_h264:
            return super().encoded(frames, pictures)
        keys = [*key_pictures(frames, self.key_frames), len(frames)]
        forced = ("-force_key_frames", ",".join(map(self._time, keys)))
        once = ["-vf", BT709, *self.encoder, *PICTURES_ONCE, *forced, *_H264]
        greys = repeat(np.full(self.picture_shape, _GREY, np.uint8).data, GREYS)
        stream = self.encode(once, chain(self.checked(frames, pictures()), greys))
        try:
            return Encoded(with_holds(stream, frames, self.key_frames))
        except UnexpectedStreamError as error:
            every = self.arguments(frames)
            note = f"every frame is encoded, which takes longer: ffmpeg's H.264 is unusual: {error}"
            return Encoded(self.encode(every, self.checked(frames, pictures())), note)

    def arguments(self, frames: Sequence[int]) -> list[str]:
        """Return ffmpeg's arguments to encode every frame of a segment."""
        whole = super().arguments(frames)
        return [*whole[: -len(STREAM)], "-bf", "0", *_H264] if self._is_h264 else whole

    def source(self, parts: Sequence[Part]) -> tuple[list[str], Iterable[bytes]]:
        """Return ffmpeg's first input: H.264 without B-frames is joined by writing it on."""
        if not self._is_h264:
            return super().source(parts)
        rate = str(self.timeline.frame_rate)
        pieces = (part.path.read_bytes() for part in parts)
        return ["-f", "h264", "-framerate", rate, "-i", "pipe:0"], pieces

    def _time(self, place: int) -> str:
        """Return a time in seconds from which on the next picture is the one at this place."""
        return f"{max(0, place - 0.5) / self.timeline.frame_rate:.6f}"

    @property
    def _is_h264(self) -> bool:
        return "libx264" in self.encoder
