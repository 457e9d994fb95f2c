"""What is told of a film: in its file, and in files beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio.v3 as imageio

from mnistviz.config import FilmConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.drawing.matplotlib_renderer import rasterise
from mnistviz.drawing.scene import Scene
from mnistviz.film import caption_words as words
from mnistviz.film.captions import captions_of
from mnistviz.film.chapters import chapters_of
from mnistviz.film.shown import Shown
from mnistviz.formats.beside import captions_path, poster_path
from mnistviz.formats.companions import Companions
from mnistviz.formats.cues import Cue, webvtt
from mnistviz.formats.ffmetadata import ffmetadata
from mnistviz.formats.timeline import Timeline
from mnistviz.frame import words as wording
from mnistviz.frame.composer import Composer


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

    def beside(self, out: Path, film: FilmConfig, poster: Scene) -> dict[Path, bytes]:
        """Return the contents of the files that are to stand beside the film, by their paths."""
        files = {}
        if path := captions_path(out, film):
            files[path] = self.webvtt().encode()
        if path := poster_path(out, film):
            files[path] = imageio.imwrite("<bytes>", rasterise(poster), extension=".png")
        return files


def film_notes(
    composer: Composer,
    dataset: Dataset,
    shown: Sequence[Shown],
    timeline: Timeline,
    film: FilmConfig,
    sentences: Sequence[str] = (),
) -> Notes:
    """Return what is told of a film of images.

    Parameters
    ----------
    composer
        Knows the film's title, its scope, and how good the model is.
    dataset
        Where the images are, or what the model is for, where they are one's own.
    shown
        The images.
    timeline
        When they are on.
    film
        Whether they come class by class.
    sentences
        Of the introduction. Default: there is none.
    """
    own = shown[0].true is None
    noun, name = "image" if own else dataset.noun, words.name(dataset.name)
    right, images = sum(image.right for image in shown), wording.counted(len(shown), noun)
    tally = "" if own else wording.tally(right, len(shown), composer.scope)
    return Notes(
        title=composer.title or words.film_title("own images" if own else name),
        description=words.film_description(images, "" if own else name, tally),
        about=" · ".join(composer.footer),
        licence="" if own else words.licence(name, dataset.licence),
        captions=captions_of(shown, timeline, sentences),
        chapters=chapters_of(shown, timeline, film.order == "class", noun),
        frame_rate=timeline.frame_rate,
    )
