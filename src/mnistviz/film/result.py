"""The results of rendering a film or a still."""

from dataclasses import dataclass

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame.moment import Shown


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
