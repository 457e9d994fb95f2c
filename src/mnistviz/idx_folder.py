"""Folders of four IDX files: found under their names, read, and held against each other."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.dataset import Split
from mnistviz.errors import DataError
from mnistviz.idx import read_idx

CLASSES = 10

_DIMENSIONS = {"images": 3, "labels": 1}
_FILES = {
    ("train", "images"): "train-images-idx3-ubyte",
    ("train", "labels"): "train-labels-idx1-ubyte",
    ("test", "images"): "t10k-images-idx3-ubyte",
    ("test", "labels"): "t10k-labels-idx1-ubyte",
}
_Paths = dict[tuple[str, str], Path]


def read_splits(folder: Path) -> tuple[Split, Split]:
    """Read the part to train with and the part to test with."""
    paths = _find_files(folder)
    train, test = (_read_split(paths, part) for part in ("train", "test"))
    if train.image_size != test.image_size:
        files = [paths[part, "images"] for part in ("train", "test")]
        sizes = ["×".join(map(str, split.image_size)) for split in (train, test)]
        raise DataError(
            f"Expected images of one size (height×width), got {sizes[0]} in {files[0]} "
            f"and {sizes[1]} in {files[1]}."
        )
    return train, test


def _find_files(folder: Path) -> _Paths:
    present = _file_names(folder)
    found: _Paths = {}
    for key, stem in _FILES.items():
        if names := [name for name in _accepted_names(stem) if name in present]:
            found[key] = folder / names[0]
    if missing := [stem for key, stem in _FILES.items() if key not in found]:
        raise DataError(
            f"Data folder {folder} lacks {', '.join(missing)}.\n"
            f"Accepted names, here of the first: {', '.join(_accepted_names(missing[0]))}."
        )
    return found


def _file_names(folder: Path) -> set[str]:
    # Folders do not count: some archives unpack each file into a folder of the same name.
    try:
        return {entry.name for entry in folder.iterdir() if not entry.is_dir()}
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        raise DataError(
            f"Data folder {folder} cannot be read: {reason}.\n"
            f"Expected a folder that holds {', '.join(_FILES.values())}."
        ) from error


def _accepted_names(stem: str) -> list[str]:
    stems = (stem, stem.replace("-idx", ".idx"))
    return [name + suffix for name in stems for suffix in ("", ".gz")]


def _read_split(paths: _Paths, part: str) -> Split:
    images_path, labels_path = paths[part, "images"], paths[part, "labels"]
    images, labels = _read_array(images_path, "images"), _read_array(labels_path, "labels")
    if images.size == 0:
        shape = "×".join(map(str, images.shape))
        raise DataError(f"{images_path}: expected at least one image of one pixel, got {shape}.")
    if len(images) != len(labels):
        raise DataError(
            f"Expected as many labels as images, got {len(labels)} labels in {labels_path} "
            f"and {len(images)} images in {images_path}."
        )
    _check_labels(labels_path, labels)
    return Split(images, labels.astype(np.int64))


def _read_array(path: Path, kind: str) -> NDArray[Any]:
    array = read_idx(path)
    expected = _DIMENSIONS[kind]
    if array.dtype == np.uint8 and array.ndim == expected:
        return array
    message = f"{path}: expected {kind}, uint8 in {expected} dimension(s)"
    message += f", got {array.dtype} in {array.ndim}."
    for other, dimensions in _DIMENSIONS.items():
        if other != kind and array.ndim == dimensions:
            message += f"\nIt holds {other}, not {kind}: are the files swapped?"
    raise DataError(message)


def _check_labels(path: Path, labels: NDArray[np.uint8]) -> None:
    outside = np.flatnonzero(labels >= CLASSES)
    if outside.size:
        raise DataError(
            f"{path}: expected labels from 0 to {CLASSES - 1}, got {labels[outside[0]]} "
            f"at index {outside[0]} (0-based)."
        )
