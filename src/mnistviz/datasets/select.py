"""Which test images a film shows, and in which order."""

import difflib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import TEST_IMAGES, FilmConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.errors import OptionError

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Answers:
    """What a model says of each image of a split.

    Attributes
    ----------
    predicted
        (n,) class of the largest logit.
    confidence
        (n,) its softmax, in (0, 1].
    """

    predicted: NDArray[np.intp]
    confidence: NDArray[np.float64]

    @classmethod
    def of(cls, logits: NDArray[np.float32]) -> "Answers":
        """Return the answers that logits (n, classes) give."""
        scores = logits.astype(np.float64)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return cls(logits.argmax(axis=1), 1 / powers.sum(axis=1))


def candidates(dataset: Dataset, film: FilmConfig) -> Indices:
    """Return the images that a film may show, before any model has been asked.

    Parameters
    ----------
    dataset
        Where the test images are.
    film
        Its `indices` and `classes`.

    Returns
    -------
    NDArray[np.int64]
        In the order of `indices`, or of the file.

    Raises
    ------
    OptionError
        If there is no such image or class, none is left, or fewer than `count`.
    """
    return _enough(*_filtered(dataset, film), film)


def select(
    dataset: Dataset, film: FilmConfig, answers: Answers, most: int | None = None
) -> Indices:
    """Return the images that a film shows, in order.

    Parameters
    ----------
    dataset, film
        As of `candidates`.
    answers
        What the model says of the test split.
    most
        How many are shown if the film has no count. Default: `most_shown` of it.

    Raises
    ------
    OptionError
        As `candidates`.
    """
    left, told = _filtered(dataset, film)
    if film.only:
        right = answers.predicted[left] == dataset.test.labels[left]
        left = left[right if film.only == "right" else ~right]
        told += f", only {film.only} leaves {len(left):,}"
    left = _enough(left, told, film)
    ranked = left[_ranks(left, dataset, film, answers)]
    shown = ranked[: film.count or most or most_shown(film)]
    if film.order == "class":  # a sample of all classes, not as many of the first as there are
        return shown[np.lexsort((shown, dataset.test.labels[shown]))]
    return shown


def most_shown(film: FilmConfig) -> int | None:
    """Return how many of the images that a film may show it shows at most; None for all."""
    return film.count or (TEST_IMAGES if film.indices is None else None)


def labels_of(names: tuple[str, ...], asked: tuple[str, ...]) -> list[int]:
    """Return the labels of classes that were asked for by name or by number, in the names' order.

    Parameters
    ----------
    names
        Names of all classes.
    asked
        Names or numbers; each may be several, with commas between them. A name goes before a
        number.

    Raises
    ------
    OptionError
        If there is no such class.
    """
    parts = [part for each in asked for part in ([each] if each in names else each.split(","))]
    return sorted({_label(names, part.strip()) for part in parts})


def _label(names: tuple[str, ...], asked: str) -> int:
    if asked in names:
        return names.index(asked)
    if asked.isdecimal() and int(asked) < len(names):
        return int(asked)
    near = difflib.get_close_matches(asked, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else f": {', '.join(names)}"
    raise OptionError(f"class must be a name, or a number from 0 to {len(names) - 1} "
                      f"(got {asked!r}){hint}")  # fmt: skip


def _filtered(dataset: Dataset, film: FilmConfig) -> tuple[Indices, str]:
    """Return the images of `indices` and `classes`, and how many each of these has left."""
    left = np.arange(images := len(dataset.test))
    told = f"there are {images:,} images"
    if film.indices is not None:
        left = np.array(film.indices, np.int64)
        if (beyond := left[left >= images]).size:
            raise OptionError(
                f"index must be from 0 to {images - 1:,} for these data (got {beyond[0]})"
            )
        told += f", index leaves {len(left):,}"
    if film.classes:
        labels = labels_of(dataset.classes, film.classes)
        left = left[np.isin(dataset.test.labels[left], labels)]
        names = " or ".join(dataset.classes[label] for label in labels)
        told += f", class {names} leaves {len(left):,}"
    return left, told


def _enough(left: Indices, told: str, film: FilmConfig) -> Indices:
    """Return what is left; that it is none, or fewer than asked for, is an error."""
    if not len(left):
        raise OptionError(f"there is no image to show: {told}")
    if film.count and film.count > len(left):
        raise OptionError(f"count must be at most {len(left):,} (got {film.count:,}): {told}")
    return left


def _ranks(left: Indices, dataset: Dataset, film: FilmConfig, answers: Answers) -> NDArray[np.intp]:
    """Return the places of what is left, those to be shown first before the others."""
    match film.order or ("shuffled" if film.indices is None else "listed"):
        case "shuffled" | "class":
            # All are shuffled, so that a filter leaves out and does not mix anew, and a longer
            # film begins with the images of a shorter one.
            shuffled = np.random.default_rng(film.order_seed).permutation(len(dataset.test))
            return np.argsort(np.argsort(shuffled)[left])
        case "file":
            return np.argsort(left, kind="stable")
        case "confidence":
            return np.lexsort((left, -answers.confidence[left]))
    return np.arange(len(left))
