"""Captions, chapters and tags of a film of images."""

from collections.abc import Sequence

from mnistviz.config import FilmConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.film import caption_words as words
from mnistviz.film.captions import captions_of
from mnistviz.film.chapters import chapters_of
from mnistviz.film.shown import Shown
from mnistviz.formats.notes import Notes
from mnistviz.formats.timeline import Timeline
from mnistviz.frame import words as wording
from mnistviz.frame.composer import Composer


def film_notes(
    composer: Composer,
    dataset: Dataset,
    shown: Sequence[Shown],
    timeline: Timeline,
    film: FilmConfig,
    sentences: Sequence[str] = (),
) -> Notes:
    """Return the notes of a film of images.

    Parameters
    ----------
    composer
        Knows the film's title, its scope, and how good the model is.
    dataset
        The dataset of the images; of your own pictures, that of the model.
    shown
        The images.
    timeline
        When they are shown.
    film
        Whether the images come class by class.
    sentences
        Of the introduction. Default: none.
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
