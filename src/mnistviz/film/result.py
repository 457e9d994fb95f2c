"""The results of rendering a film or a still."""

from dataclasses import dataclass

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame import words
from mnistviz.frame.moment import Shown
from mnistviz.language.language import Language
from mnistviz.language.terms import noun_of


@dataclass(frozen=True)
class Prediction:
    """The predicted class of an image.

    Attributes
    ----------
    image
        The name of its file, or 'digit 8'.
    predicted
        The name of the class.
    probability
        Of that class, in (0, 1]; None if the model has none.
    true
        The name of the class of the image; None of an own picture whose name gives none.
    """

    image: str
    predicted: str
    probability: float | None
    true: str | None = None

    @classmethod
    def of(cls, shown: Shown, dataset: Dataset) -> "Prediction":
        """Return the prediction of an image that is shown."""
        image = shown.name or f"{dataset.noun} {shown.index}"
        true = None if shown.label is None else dataset.classes[shown.label]
        return cls(image, dataset.classes[shown.predicted], shown.probability, true)


def described(shown: Shown, dataset: Dataset, language: Language) -> str:
    """Return an image and its prediction as a line of text."""
    noun, classes = noun_of(language, dataset.noun), dataset.classes
    # Translators: which image it is, as "digit 8".
    image = shown.name or language.say("{noun} {index}", noun=noun, index=shown.index)
    truth = None if shown.label is None else classes[shown.label]
    return words.answer(language, image, classes[shown.predicted], shown.probability, truth)


@dataclass(frozen=True, kw_only=True)
class Film(WrittenFilm):
    """A film of images that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path, seconds, size, drawn_sha256, captions, poster
        As of `WrittenFilm`.
    images, right
        Number of images, and how many of them are predicted right: None of own pictures whose
        names give no class.
    predictions
        The prediction of each own picture; empty for test images.
    skipped
        Why each own picture is left out that could not be used.
    """

    images: int
    right: int | None
    predictions: tuple[Prediction, ...] = ()
    skipped: tuple[str, ...] = ()
