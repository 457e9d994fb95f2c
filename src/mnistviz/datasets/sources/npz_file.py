"""NumPy's .npz, with the arrays of Keras' mnist.npz or of others' names."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.arrays import Arrays, read_npz
from mnistviz.datasets.sources.contents import Contents, Part
from mnistviz.datasets.sources.idx import MAX_BYTES
from mnistviz.datasets.sources.parts import files_of, parts_of, warn_of_unused
from mnistviz.errors import DataError, reason
from mnistviz.input import open_file

ENDINGS = (".npz",)
# Names of images and labels of each part, in the order of asking; upper and lower case are alike.
TRAIN = (("x_train", "y_train"), ("train_images", "train_labels"), ("images_train", "labels_train"))
TEST = (*(("x_test", "y_test"), ("test_images", "test_labels"), ("images_test", "labels_test")),)
VALIDATION = (("x_val", "y_val"), ("val_images", "val_labels"))  # to test with, if nothing else is
WHOLE = (("images", "labels"), ("x", "y"), ("data", "labels"), ("data", "target"))
CLASSES = ("classes", "class_names", "names", "target_names")


def takes(path: Path) -> bool:
    """Whether a path is an .npz, or a folder with one."""
    return bool(files_of(path, ENDINGS))


def read(path: Path) -> Contents:
    """Read one .npz of a whole set, or one to train and one to test with.

    Parameters
    ----------
    path
        The file, or a folder with it. Its arrays are ``x_train``, ``y_train``, ``x_test`` and
        ``y_test``; or ``images`` and ``labels``; or have other usual names. Names of the classes
        may be in ``classes``.

    Raises
    ------
    DataError
        The file is damaged or too large, or holds no such arrays.
    """
    train, test = parts_of(path, ENDINGS)
    if len(train) > 1 or len(test) > 1:
        names = ", ".join(each.name for each in train + test)
        raise DataError(f"{path}: expected one .npz for each part, got {names}.")
    contents = _contents(train[0])
    if not test:
        return contents
    other = _contents(test[0])
    if contents.test or other.test:
        raise DataError(
            f"{path}: expected the arrays of one part in each of {train[0].name} and "
            f"{test[0].name}, got both parts in one."
        )
    return Contents(contents.train, other.train, contents.classes)


def _contents(path: Path) -> Contents:
    arrays = {name.lower(): array for name, array in _arrays(path).items()}
    train = _part(path, arrays, TRAIN) or _part(path, arrays, WHOLE)
    if not train:
        found = ", ".join(sorted(arrays)[:8]) or "none"
        raise DataError(
            f"{path}: expected arrays x_train, y_train, x_test and y_test, or images and labels, "
            f"got {found}."
        )
    test = _part(path, arrays, TEST) or _part(path, arrays, VALIDATION)
    unused = sorted(name for pair in VALIDATION for name in pair if name in arrays)
    if unused and test and not any(test.images_from.endswith(f" {name}") for name in unused):
        warn_of_unused(path, unused)
    return Contents(train, test, _classes(path, arrays))


def _arrays(path: Path) -> Arrays:
    try:
        with open_file(path) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise DataError(f"expected at most {MAX_BYTES:,} bytes, got more")
        if not data.startswith(b"PK"):
            raise DataError(f"expected an .npz, which begins with 'PK', got {data[:8]!r}")
        return read_npz(data, MAX_BYTES)
    except (DataError, OSError, ValueError, MemoryError) as error:
        said = reason(error) or "expected data that fit into memory, got more than is free"
        raise DataError(f"{path}: {said}.") from error


def _part(path: Path, arrays: Arrays, pairs: tuple[tuple[str, str], ...]) -> Part | None:
    for pair in pairs:
        there = [name for name in pair if name in arrays]
        if len(there) == 1 and pairs != WHOLE:
            lacking = pair[0] if there[0] == pair[1] else pair[1]
            raise DataError(f"{path}: expected {lacking} beside {there[0]}, got none.")
        if len(there) == 2:
            images, labels = (_numbers(path, name, arrays[name]) for name in pair)
            where = [f"{path}, {name}" for name in pair]
            return Part(images, _places(labels), *where)
    return None


def _numbers(path: Path, name: str, array: NDArray[Any] | None) -> NDArray[Any]:
    if array is None:
        raise DataError(
            f"{path}: expected numbers or texts as {name}, got objects of Python or others, which "
            "are not opened.\nSave it from an array of plain numbers: "
            f"numpy.asarray({name}, numpy.uint8), say."
        )
    if array.ndim == 0:
        raise DataError(f"{path}: expected an array as {name}, got a single value.")
    return array


def _places(labels: NDArray[Any]) -> NDArray[Any]:
    """Return the place of the 1 in each row of labels that have one column a class."""
    if labels.ndim != 2 or labels.shape[1] < 2 or labels.dtype.kind not in "bfiu":
        return labels
    if ((labels != 0).sum(axis=1) != 1).any() or (labels.max(axis=1) != 1).any():
        return labels  # which are refused when they are made to classes
    places: NDArray[Any] = np.argmax(labels, axis=1)
    return places


def _classes(path: Path, arrays: Arrays) -> tuple[str, ...] | None:
    for name in CLASSES:
        if name in arrays:
            array = arrays[name]
            if array is None or array.dtype.kind != "U" or array.ndim != 1:
                got = "objects of Python" if array is None else array.dtype
                raise DataError(f"{path}: expected an array of texts as {name}, got {got}.")
            return tuple(array.tolist())
    return None
