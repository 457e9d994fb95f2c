"""Select test images: which are shown, and in which order."""

import difflib

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import whole
from mnistviz.config import FILM_IMAGES, Selection
from mnistviz.datasets.class_names import same_name
from mnistviz.datasets.dataset import Dataset
from mnistviz.errors import OptionError

Indices = NDArray[np.int64]
MOST_DIGITS = 9  # of the number of a class
MOST_NAMED = 26  # classes in a message


def candidates(dataset: Dataset, selection: Selection) -> Indices:
    """Return the images that may be shown, as far as that is known without a model.

    Parameters
    ----------
    dataset
        Where the test images are.
    selection
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
    return _enough(*_filtered(dataset, selection), selection)


def select(
    dataset: Dataset,
    selection: Selection,
    predicted: NDArray[np.intp],
    confidence: NDArray[np.float64],
    most: int = FILM_IMAGES,
    first: NDArray[np.bool_] | None = None,
) -> Indices:
    """Return the images to show, in order.

    Parameters
    ----------
    dataset, selection
        As of `candidates`.
    predicted, confidence
        (n,) the predicted class of each test image, and its probability.
    most
        How many to show where the selection neither counts nor lists them.
    first
        (n,) whether each test image goes before those that do not. Default: none does.

    Raises
    ------
    OptionError
        As `candidates`.
    """
    left, steps = _filtered(dataset, selection)
    if selection.only:
        right = predicted[left] == dataset.test.labels[left]
        left = left[right if selection.only == "right" else ~right]
        steps += f", only {selection.only} leaves {len(left):,}"
    left = _enough(left, steps, selection)
    ranked = left[_ranks(left, dataset, selection, confidence)]
    if first is not None:
        ranked = ranked[np.argsort(~first[ranked], kind="stable")]
    shown = ranked[: most_shown(selection, most)]
    if selection.order == "class":  # a sample of all classes, not as many of the first as there are
        after = np.zeros(len(shown)) if first is None else ~first[shown]
        return shown[np.lexsort((shown, dataset.test.labels[shown], after))]
    return shown


def most_shown(selection: Selection, most: int = FILM_IMAGES) -> int | None:
    """Return how many images are shown at most, as of `select`; None for all that are listed."""
    return selection.count or (most if selection.indices is None else None)


def labels_of(names: tuple[str, ...], asked: tuple[str, ...], option: str = "class") -> list[int]:
    """Return the labels of classes that were asked for by name or by number, in the names' order.

    Parameters
    ----------
    names
        Names of all classes.
    asked
        Names or numbers; each may be several, with commas between them. A name goes before a
        number.
    option
        What messages call the argument.

    Raises
    ------
    OptionError
        If there is no such class.
    """
    listed = ([each] if same_name(each) in names else each.split(",") for each in asked)
    parts = [part for each in listed for part in each]
    return sorted({_label(names, part.strip(), option) for part in parts})


def _label(names: tuple[str, ...], asked: str, option: str) -> int:
    asked = same_name(asked)
    if asked in names:
        return names.index(asked)
    if asked.isdecimal() and len(asked) <= MOST_DIGITS and int(asked) < len(names):
        return int(asked)
    near = difflib.get_close_matches(asked, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else f": {', '.join(names[:MOST_NAMED])}"
    raise OptionError(f"{option} must be a name, or a number from 0 to {len(names) - 1} "
                      f"(got {asked!r}){hint}")  # fmt: skip


def _filtered(dataset: Dataset, selection: Selection) -> tuple[Indices, str]:
    """Return the images of `indices` and `classes`, and in words how many each of these left."""
    left = np.arange(images := len(dataset.test))
    steps = f"there are {images:,} images"
    if selection.indices is not None:
        for index in selection.indices:
            whole("index", index, 0, images - 1)
        left = np.array(selection.indices, np.int64)
        steps += f", index leaves {len(left):,}"
    if selection.classes:
        labels = labels_of(dataset.classes, selection.classes)
        left = left[np.isin(dataset.test.labels[left], labels)]
        names = " or ".join(dataset.classes[label] for label in labels)
        steps += f", class {names} leaves {len(left):,}"
    return left, steps


def _enough(left: Indices, steps: str, selection: Selection) -> Indices:
    """Return the images that are left; none, or fewer than asked for, is an error."""
    if not len(left):
        raise OptionError(f"there is no image to show: {steps}")
    if selection.count and selection.count > len(left):
        raise OptionError(f"count must be at most {len(left):,} (got {selection.count:,}): {steps}")
    return left


def _ranks(
    left: Indices, dataset: Dataset, selection: Selection, confidence: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Return the places in `left`, in the order in which to show them."""
    match selection.order or ("shuffled" if selection.indices is None else "listed"):
        case "shuffled" | "class":
            # All are shuffled, so that a filter leaves out and does not shuffle again, and a longer
            # film begins with the images of a shorter one.
            shuffled = np.random.default_rng(selection.order_seed).permutation(len(dataset.test))
            return np.argsort(np.argsort(shuffled)[left])
        case "file":
            return np.argsort(left, kind="stable")
        case "confidence":
            return np.lexsort((left, -confidence[left]))
    return np.arange(len(left))
