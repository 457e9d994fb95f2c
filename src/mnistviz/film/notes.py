"""What is told of a film: in its file, and in files beside it."""

from dataclasses import dataclass
from pathlib import Path

import imageio.v3 as imageio

from mnistviz.config import Encoding
from mnistviz.drawing.matplotlib_renderer import rasterise
from mnistviz.drawing.scene import Scene
from mnistviz.formats.beside import captions_path, poster_path
from mnistviz.formats.companions import Companions
from mnistviz.formats.cues import Cue, webvtt
from mnistviz.formats.ffmetadata import ffmetadata


@dataclass(frozen=True)
class Notes:
    """What is told of a film.

    Attributes
    ----------
    title, description
        What it is, and what it shows.
    about
        What the model is, and how good.
    licence
        Of the images; nothing where it is not known.
    captions, chapters
        With their frames.
    frame_rate
        Frames a second.
    """

    title: str
    description: str
    about: str
    licence: str
    captions: tuple[Cue, ...]
    chapters: tuple[Cue, ...]
    frame_rate: int

    def webvtt(self) -> str:
        """Return the captions as a file."""
        return webvtt(self.captions, self.frame_rate)

    def companions(self, captioned: bool) -> Companions:
        """Return what goes into the film's file, with its captions or without."""
        tags = {
            "title": self.title,
            "description": self.description,
            "comment": self.about,
            "copyright": self.licence,
        }
        metadata = ffmetadata(tags, self.chapters, self.frame_rate)
        return Companions(self.webvtt() if captioned else "", metadata)

    def beside(self, out: Path, encoding: Encoding, poster: Scene) -> dict[Path, bytes]:
        """Return the contents of the files that are to stand beside the film, by their paths."""
        files = {}
        if path := captions_path(out, encoding):
            files[path] = self.webvtt().encode()
        if path := poster_path(out, encoding):
            files[path] = imageio.imwrite("<bytes>", rasterise(poster), extension=".png")
        return files
