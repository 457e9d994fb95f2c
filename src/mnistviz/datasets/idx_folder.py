"""Reads folders of four IDX files, and checks that they fit together."""

import string
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.class_names import count_class_names, read_class_names
from mnistviz.datasets.dataset import LARGEST_SIDE, Split
from mnistviz.datasets.idx import read_idx
from mnistviz.datasets.idx_file_names import Key, find_files
from mnistviz.errors import DataError

_LETTERS = "emnist-letters"


def read_idx_folder(folder: Path) -> tuple[tuple[str, ...], Split, Split]:
    """Read a folder of IDX files.

    Parameters
    ----------
    folder
        Holds the four files of one set, and perhaps ``classes.txt``.

    Returns
    -------
    classes
        Names of the classes.
    train, test
        The part to train with and the part to test with.

    Raises
    ------
    DataError
        A file is missing or damaged, or the files do not fit together.
    """
    family, paths = find_files(folder)
    train, test = (_read_split(family, paths, part) for part in ("train", "test"))
    _check_sizes(paths, train, test)
    classes = read_class_names(folder)
    if classes is None and family == _LETTERS:
        classes = tuple(string.ascii_uppercase)
    classes = classes or count_class_names(paths["train", "labels"], train.labels)
    for part, split in (("train", train), ("test", test)):
        _check_labels(paths[part, "labels"], split.labels, len(classes))
    return classes, train, test


def _read_split(family: str, paths: dict[Key, Path], part: str) -> Split:
    images_path, labels_path = paths[part, "images"], paths[part, "labels"]
    images = _checked(images_path, "images", read_idx(images_path))
    labels = _read_labels(labels_path, family)
    if images.size == 0:
        shape = "×".join(map(str, images.shape))
        raise DataError(f"{images_path}: expected at least one image of one pixel, got {shape}.")
    if len(images) != len(labels):
        raise DataError(
            f"Expected as many labels as images, got {len(labels)} labels in {labels_path} "
            f"and {len(images)} images in {images_path}."
        )
    if family.startswith("emnist"):  # its images are stored column by column
        images = np.ascontiguousarray(images.transpose(0, 2, 1))
    return Split(images, labels)


def _read_labels(path: Path, family: str) -> NDArray[np.int64]:
    labels = read_idx(path)
    if family == "qmnist" and labels.ndim == 2 and labels.shape[1] > 0:
        labels = labels[:, 0]  # of eight numbers for each image, the first is its class
    labels = _checked(path, "labels", labels).astype(np.int64)
    return labels - (family == _LETTERS)  # whose labels begin at 1


def _checked(path: Path, kind: str, array: NDArray[Any]) -> NDArray[Any]:
    values, types, expected = {
        "images": ("uint8", np.uint8, 3),
        "labels": ("integers", np.integer, 1),
    }[kind]
    if np.issubdtype(array.dtype, types) and array.ndim == expected:
        return array
    message = f"{path}: expected {kind}, {values} in {expected} dimension(s)"
    message += f", got {array.dtype} in {array.ndim}."
    if array.ndim in (1, 3) and array.ndim != expected:
        held = "images" if kind == "labels" else "labels"
        message += f"\nIt holds {held}, not {kind}: are the files swapped?"
    raise DataError(message)


def _check_sizes(paths: dict[Key, Path], train: Split, test: Split) -> None:
    files = [paths[part, "images"] for part in ("train", "test")]
    sizes = ["×".join(map(str, split.image_size)) for split in (train, test)]
    if train.image_size != test.image_size:
        raise DataError(
            f"Expected images of one size (height×width), got {sizes[0]} in {files[0]} "
            f"and {sizes[1]} in {files[1]}."
        )
    if max(train.image_size) > LARGEST_SIDE:
        largest = f"{LARGEST_SIDE}×{LARGEST_SIDE}"
        raise DataError(
            f"{files[0]}: expected images of at most {largest} pixels, got {sizes[0]} "
            "(height×width); shrink them first."
        )


def _check_labels(path: Path, labels: NDArray[np.int64], classes: int) -> None:
    outside = np.flatnonzero((labels < 0) | (labels >= classes))
    if outside.size:
        raise DataError(
            f"{path}: expected labels from 0 to {classes - 1}, got {labels[outside[0]]} "
            f"at index {outside[0]} (0-based)."
        )
