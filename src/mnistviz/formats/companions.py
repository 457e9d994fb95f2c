"""What goes into a film's file beside its pictures."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.ffmpeg import url


@dataclass(frozen=True)
class Companions:
    """Files that ffmpeg takes into the film, where its format has a place for them.

    Attributes
    ----------
    captions
        WebVTT. Default: the film has no captions.
    metadata
        FFMETADATA: tags of the film, and its chapters. Default: it has neither.
    """

    captions: Path | None = None
    metadata: Path | None = None

    def inputs(self) -> list[str]:
        """Return ffmpeg's further inputs, after the pictures, which are its first."""
        given = (("webvtt", self.captions), ("ffmetadata", self.metadata))
        return [it for kind, path in given if path for it in ("-f", kind, "-i", url(path))]

    def mappings(self, caption_codec: str) -> list[str]:
        """Return what ffmpeg is told to do with its inputs.

        Parameters
        ----------
        caption_codec
            ffmpeg's name of the format's captions.
        """
        captions = ("-map", "1:s", "-c:s", caption_codec) if self.captions else ()
        source = str(1 + bool(self.captions)) if self.metadata else "-1"
        # Nothing else may come from an input: same film, same bytes.
        return ["-map", "0:v", *captions, "-map_metadata", source, "-map_chapters", source]


ALONE = Companions()
"""Nothing but the pictures."""
