"""The results of rendering."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.written_film import film_html
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
        Its softmax, in (0, 1].
    """

    image: str
    predicted: str
    probability: float

    @classmethod
    def of(cls, shown: Shown, dataset: Dataset) -> "Prediction":
        """Return the prediction of an image that is shown."""
        image = shown.name or f"{dataset.noun} {shown.index}"
        return cls(image, dataset.classes[shown.predicted], shown.probability)


@dataclass(frozen=True)
class Film:
    """A film that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path
        Its file.
    seconds
        Its length.
    size
        Width and height in pixels.
    images, right
        How many images it shows, and how many of them are predicted right: None of own pictures.
    drawn_sha256
        SHA-256 of its pictures as they were drawn, if that was asked for.
    predictions
        The predicted class of each own picture; empty for test images.
    captions, poster
        The files next to it, if it has any.
    """

    path: Path
    seconds: float
    size: tuple[int, int]
    images: int
    right: int | None
    drawn_sha256: str | None = None
    predictions: tuple[Prediction, ...] = ()
    captions: Path | None = None
    poster: Path | None = None

    def _repr_html_(self) -> str:
        """Return the film as a notebook shows it."""
        return film_html(self.path, self.seconds, self.size, self.captions, self.poster)


@dataclass(frozen=True)
class TrainingFilm:
    """A training film that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path
        Its file.
    seconds
        Its length.
    size
        Width and height in pixels.
    steps
        Of the training.
    accuracy, cross_entropy
        Of the trained model on the test split: a share of 1, and the mean in nats.
    drawn_sha256
        SHA-256 of its pictures as they were drawn, if that was asked for.
    captions, poster
        The files next to it, if it has any.
    """

    path: Path
    seconds: float
    size: tuple[int, int]
    steps: int
    accuracy: float
    cross_entropy: float
    drawn_sha256: str | None = None
    captions: Path | None = None
    poster: Path | None = None

    def _repr_html_(self) -> str:
        """Return the film as a notebook shows it."""
        return film_html(self.path, self.seconds, self.size, self.captions, self.poster)


@dataclass(frozen=True)
class Explorer:
    """An explorer that was written.

    Attributes
    ----------
    path
        Its file.
    images
        How many test images it holds.
    """

    path: Path
    images: int
