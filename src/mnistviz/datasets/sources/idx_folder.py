"""Folders of four IDX files, of MNIST and of sets like it."""

import string
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.class_names import read_class_names
from mnistviz.datasets.sources.contents import Contents, Part
from mnistviz.datasets.sources.idx import read_idx
from mnistviz.datasets.sources.idx_file_names import Key, find_files, holds_idx
from mnistviz.errors import DataError

_MERGED = "abdefghnqrt"  # of the small letters, those that do not look like capitals
# From https://www.nist.gov/itl/products-and-services/emnist-dataset
EMNIST_CLASSES = {
    "emnist-letters": string.ascii_uppercase,
    "emnist-byclass": string.digits + string.ascii_uppercase + string.ascii_lowercase,
    "emnist-bymerge": string.digits + string.ascii_uppercase + _MERGED,
    "emnist-balanced": string.digits + string.ascii_uppercase + _MERGED,
}


def takes(path: Path) -> bool:
    """Whether a path is a folder with at least one file of a name that sets have."""
    return path.is_dir() and holds_idx(path)


def read(path: Path) -> Contents:
    """Read a folder of IDX files.

    Parameters
    ----------
    path
        Holds the four files of one set, and perhaps ``classes.txt``.

    Raises
    ------
    DataError
        A file is missing or damaged, or holds what it should not.
    """
    family, paths = find_files(path)
    train, test = (_part(family, paths, part) for part in ("train", "test"))
    names = read_class_names(path) or tuple(EMNIST_CLASSES.get(family, ""))
    return Contents(train, test, names or None)


def _part(family: str, paths: dict[Key, Path], part: str) -> Part:
    images_path, labels_path = paths[part, "images"], paths[part, "labels"]
    images = _checked(images_path, "images", read_idx(images_path))
    labels = read_idx(labels_path)
    if family == "qmnist" and labels.ndim == 2 and labels.shape[1] > 0:
        labels = labels[:, 0]  # of eight numbers for each image, the first is its class
    if family.startswith("emnist"):  # its images are stored column by column
        images = np.ascontiguousarray(images.transpose(0, 2, 1))
    return Part(images, _checked(labels_path, "labels", labels), str(images_path), str(labels_path))


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
