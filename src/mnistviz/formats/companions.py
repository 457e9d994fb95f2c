"""What goes into a film's file beside its pictures."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.formats.ffmpeg import url


@dataclass(frozen=True)
class Companions:
    """What ffmpeg takes into the film, where its format has a place for it.

    Attributes
    ----------
    captions
        WebVTT. Default: the film has no captions.
    metadata
        FFMETADATA: tags of the film, and its chapters. Default: it has neither.
    """

    captions: str = ""
    metadata: str = ""

    def inputs(self, folder: Path) -> list[str]:
        """Return ffmpeg's further inputs, after the pictures, which are its first.

        Parameters
        ----------
        folder
            Where they are left as files.
        """
        told = []
        for kind, content in (("webvtt", self.captions), ("ffmetadata", self.metadata)):
            if content:
                path = folder / kind
                path.write_text(content, "utf-8", newline="\n")
                told += ["-f", kind, "-i", url(path)]
        return told

    def mappings(self, caption_codec: str) -> list[str]:
        """Return what ffmpeg is told to do with its inputs.

        Parameters
        ----------
        caption_codec
            ffmpeg's name of what writes the format's captions; 'copy' leaves them WebVTT.
        """
        # They were asked for, so a player should show them by itself.
        shown = ("-disposition:s:0", "default", "-metadata:s:s:0", "language=eng")
        captions = ("-map", "1:s", "-c:s", caption_codec, *shown) if self.captions else ()
        source = str(1 + bool(self.captions)) if self.metadata else "-1"
        pictures = ("-map", "0:v", "-disposition:v:0", "default")  # which a WebM would deny
        # Nothing else may come from an input: same film, same bytes.
        return [*pictures, *captions, "-map_metadata", source, "-map_chapters", source]


ALONE = Companions()
"""Nothing but the pictures."""
