"""Finds out which classes there are, from labels that may be any numbers or texts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.class_names import check_names, same_name
from mnistviz.datasets.picture_file import natural
from mnistviz.datasets.sources.contents import Contents, Part
from mnistviz.errors import DataError

Indices = NDArray[np.int64]
MOST_DIGITS = 9  # of a label that is a number


def classes_of(contents: Contents) -> tuple[tuple[str, ...], Indices, Indices | None]:
    """Return the names of the classes, and the labels of both parts as indices into them.

    Without names in the source, each label of a training image is a class: numbers in their order,
    texts in natural order. With names, a number is the place of one, counted from 0; or counted
    from 1 if the least label is 1 and the greatest the number of names.

    Raises
    ------
    DataError
        A label is of no class, or neither text nor a whole number; a class has no image to train
        with; or there are less than 2 classes, or more than 256.
    """
    parts = [part for part in (contents.train, contents.test) if part]
    values = [_values(part) for part in parts]
    names = contents.classes
    if names is None:
        known = sorted(set(values[0].tolist()), key=lambda it: (natural(str(it)), str(it)))
        if values[0].dtype.kind != "U":
            known = sorted(known)
        names = tuple(map(str, known))
    elif values[0].dtype.kind == "U":
        known = list(names)
    else:
        first = min(int(each.min()) for each in values)
        last = max(int(each.max()) for each in values)
        known = list(range(1, last + 1) if (first, last) == (1, len(names)) else range(len(names)))
    check_names(names, contents.train.labels_from)
    indices = [_places(each, known, part, names) for each, part in zip(values, parts, strict=True)]
    counts = np.bincount(indices[0], minlength=len(names)).tolist()
    if 0 in counts:
        place = counts.index(0)
        raise DataError(
            f"{contents.train.labels_from}: class {place} (0-based), {names[place]!r}, has no "
            "image to train with.\nIf there is no such class, leave it out of the names."
        )
    return names, indices[0], indices[1] if len(indices) > 1 else None


def _values(part: Part) -> NDArray[Any]:
    """Return labels as whole numbers, or as texts that are not all whole numbers."""
    labels, where = part.labels, part.labels_from
    if labels.ndim == 2 and 1 in labels.shape:
        labels = labels.reshape(-1)
    if labels.ndim != 1:
        shape = "×".join(map(str, labels.shape)) or "one value"
        raise DataError(f"{where}: expected one label for each image, got {shape}.")
    if labels.dtype.kind == "U":
        texts = np.array([same_name(text.strip()) for text in labels.tolist()])
        if empty := np.flatnonzero(texts == "").tolist():
            raise DataError(f"{where}: expected a label, got none at index {empty[0]} (0-based).")
        return (
            texts.astype(float).astype(np.int64) if all(map(_is_whole, texts.tolist())) else texts
        )
    if labels.dtype.kind == "f":
        odd = np.flatnonzero(~(np.isfinite(labels) & (np.abs(labels) < 1e9) & (labels % 1 == 0)))
        if odd.size:
            raise DataError(
                f"{where}: expected whole numbers or texts as labels, got {labels[odd[0]]} at "
                f"index {odd[0]} (0-based)."
            )
    elif labels.dtype.kind not in "biu":
        raise DataError(f"{where}: expected whole numbers or texts as labels, got {labels.dtype}.")
    elif labels.dtype.kind == "u" and labels.max(initial=0) >= 2**63:
        raise DataError(f"{where}: expected labels below 2^63, got {labels.max()}.")
    return labels.astype(np.int64)


def _is_whole(text: str) -> bool:
    digits, _, zeros = text.removeprefix("-").partition(".")  # pandas writes 7.0
    whole = digits.isascii() and digits.isdigit() and not zeros.strip("0")
    return whole and len(digits) <= MOST_DIGITS


def _places(values: NDArray[Any], known: list[Any], part: Part, names: tuple[str, ...]) -> Indices:
    """Return the place of each value among those that are known."""
    found, inverse = np.unique(values, return_inverse=True)
    place_of = {value: place for place, value in enumerate(known)}
    for value in found.tolist():
        if value not in place_of:
            index = int(np.flatnonzero(values == value)[0])
            if values.dtype.kind == "U":
                expected = f"expected labels that name a class, {', '.join(names[:10])}"
            elif known == list(range(len(known))):
                expected = f"expected labels from 0 to {len(known) - 1}"
            else:
                expected = f"expected a label of the training images, such as {known[0]}"
            raise DataError(
                f"{part.labels_from}: {expected}, got {value} at index {index} (0-based)."
            )
    places = np.array([place_of[value] for value in found.tolist()], np.int64)
    return places[inverse.reshape(-1)]
