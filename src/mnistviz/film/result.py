"""What the stories come to."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.formats.written_film import film_html


@dataclass(frozen=True)
class Prediction:
    """What an image is taken for.

    Attributes
    ----------
    image
        The name of its file, or 'digit 8'.
    predicted
        The name of a class.
    share
        Its softmax, in (0, 1].
    """

    image: str
    predicted: str
    share: float


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
        How many images it shows, and how many of them are predicted right: None of one's own.
    drawn_sha256
        SHA-256 of its pictures as they were drawn, if that was asked for.
    predictions
        What each of one's own images is taken for; empty of test images.
    captions, poster
        The files beside it, if it has any.
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
        The files beside it, if it has any.
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
