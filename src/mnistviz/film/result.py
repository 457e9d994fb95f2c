"""Results of the public functions."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.formats.written_film import WrittenFilm


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


@dataclass(frozen=True, kw_only=True)
class Film(WrittenFilm):
    """A film of images that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path, seconds, size
        Its file, its length, and its width and height in pixels.
    drawn_sha256
        SHA-256 of its pictures as they were drawn, if `hashed`.
    captions, poster
        Its companion files, if it has any: WebVTT, and a PNG.
    images, right
        Number of images, and how many of them are predicted right: None of your own pictures.
    predictions
        For each of your own pictures; empty of test images.
    """

    images: int
    right: int | None
    predictions: tuple[Prediction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrainingFilm(WrittenFilm):
    """A training film that was written.

    Attributes
    ----------
    path, seconds, size, drawn_sha256, captions, poster
        As of `Film`.
    steps
        Of the training.
    accuracy, cross_entropy
        Of the trained model on the test split: a fraction of 1, and the mean in nats.
    """

    steps: int
    accuracy: float
    cross_entropy: float


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
