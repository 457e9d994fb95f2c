"""Folders of pictures: ``train/<class>/*.png`` and ``test/<class>/*.png``."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnistviz.datasets.class_names import check_names, read_class_names
from mnistviz.datasets.dataset import LARGEST_SIDE, Split
from mnistviz.datasets.picture_file import SUFFIXES, natural, read_picture
from mnistviz.errors import DataError, reason

Labelled = tuple[Path, int]  # a picture's file, and the index of its class


def read_picture_folder(folder: Path) -> tuple[tuple[str, ...], Split, Split]:
    """Read a folder of pictures.

    Parameters
    ----------
    folder
        Holds a folder ``train`` and a folder ``test``, each with a folder of pictures for each
        class; and perhaps ``classes.txt``, which gives the order of the classes. Without it they
        are in natural order: 2 before 10. Hidden files do not count.

    Returns
    -------
    classes
        Names of the classes.
    train, test
        The part to train with and the part to test with, class by class.

    Raises
    ------
    DataError
        A folder is missing or empty, a class has no name, or a picture is broken, not of the
        others' size, or too large.
    """
    classes = read_class_names(folder) or tuple(
        sorted((path.name for path in _entries(folder / "train")), key=natural)
    )
    check_names(classes, str(folder / "train"))
    files = {part: list(_files(folder / part, classes)) for part in ("train", "test")}
    for part, found in files.items():
        if not found:
            raise DataError(f"{folder / part}: expected folders of pictures, found no picture.")
    first = files["train"][0][0]
    size = _grey(first).shape
    train, test = (_read_split(found, first, size) for found in files.values())
    return classes, train, test


def _entries(folder: Path) -> list[Path]:
    """Return what is in a folder, but for hidden files, in natural order."""
    try:
        entries = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise DataError(
            f"Folder {folder} cannot be read: {reason(error)}.\n"
            "Expected a folder of pictures for each class, such as train/cat and test/cat."
        ) from error
    return sorted(entries, key=lambda path: natural(path.name))


def _files(folder: Path, classes: tuple[str, ...]) -> Iterator[Labelled]:
    for entry in _entries(folder):
        if entry.name not in classes:
            raise DataError(
                f"{ascii(str(entry))[1:-1]}: expected a folder named after a class, one of "
                f"{', '.join(classes)}."
            )
        for path in _entries(entry):
            if path.suffix.lower() not in SUFFIXES:
                raise DataError(f"{path}: expected a picture, {', '.join(SUFFIXES)}.")
            yield path, classes.index(entry.name)


def _read_split(files: list[Labelled], first: Path, size: tuple[int, ...]) -> Split:
    images = np.empty((len(files), *size), np.uint8)
    for place, (path, _) in enumerate(files):
        picture = _grey(path)
        if picture.shape != size:
            raise DataError(
                f"Expected pictures of one size (height×width), got {_times(size)} in {first} "
                f"and {_times(picture.shape)} in {path}."
            )
        images[place] = picture
    return Split(images, np.array([label for _, label in files], np.int64))


def _grey(path: Path) -> NDArray[np.uint8]:
    """Read a picture as ITU-R 601 luma, (height, width), on black."""
    picture = Image.fromarray(read_picture(path, LARGEST_SIDE))
    black = Image.new("RGBA", picture.size, "black")
    return np.asarray(Image.alpha_composite(black, picture).convert("L"))


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
