"""Folders of pictures: ``train/<class>/*.png`` and ``test/<class>/*.png``."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnistviz.datasets.class_names import check_names, read_class_names, same_name
from mnistviz.datasets.dataset import LARGEST_SIDE, Split
from mnistviz.datasets.picture_file import SUFFIXES, natural, read_picture
from mnistviz.errors import DataError, reason

Labelled = tuple[Path, int]  # a picture's file, and the index of its class


def read_picture_folder(folder: Path) -> tuple[tuple[str, ...], Split, Split]:
    """Read a folder of pictures.

    Parameters
    ----------
    folder
        Holds folders ``train`` and ``test``, each with a folder of pictures for each class; and
        perhaps ``classes.txt``, which gives the order of the classes. Without it they are in
        natural order: 2 before 10. Hidden files do not count.

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
        same_name(path.name) for path in _entries(folder / "train")
    )
    check_names(classes, folder / "train")
    train, test = (_labelled_files(folder / part, classes) for part in ("train", "test"))
    first = train[0][0]
    return classes, _read_split(train, first), _read_split(test, first)


def _entries(folder: Path) -> list[Path]:
    """Return the files and folders in a folder that are not hidden, in natural order."""
    try:
        entries = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise DataError(
            f"Folder {folder} cannot be read: {reason(error)}.\n"
            "Expected a folder of pictures for each class, such as train/cat and test/cat."
        ) from error
    return sorted(entries, key=lambda path: natural(path.name))


def _labelled_files(folder: Path, classes: tuple[str, ...]) -> list[Labelled]:
    files = []
    for entry in _entries(folder):
        if (name := same_name(entry.name)) not in classes:
            raise DataError(
                f"{ascii(str(entry))[1:-1]}: expected a folder named after a class, one of "
                f"{', '.join(classes)}."
            )
        for path in _entries(entry):
            if path.suffix.lower() not in SUFFIXES:
                raise DataError(f"{path}: expected a picture, {', '.join(SUFFIXES)}.")
            files.append((path, classes.index(name)))
    if not files:
        raise DataError(f"{folder}: expected folders of pictures, found no picture.")
    return files


def _read_split(files: list[Labelled], first: Path) -> Split:
    size = _grey(first).shape
    images = np.empty((len(files), *size), np.uint8)
    for place, (path, _) in enumerate(files):
        picture = _grey(path)
        if picture.shape != size:
            raise DataError(
                f"Expected pictures of one size (height, width), got {size} in {first} "
                f"and {picture.shape} in {path}."
            )
        images[place] = picture
    return Split(images, np.array([label for _, label in files], np.int64))


def _grey(path: Path) -> NDArray[np.uint8]:
    """Read a picture as ITU-R 601 luma, (height, width), on black."""
    picture = Image.fromarray(read_picture(path, LARGEST_SIDE))
    black = Image.new("RGBA", picture.size, "black")
    return np.asarray(Image.alpha_composite(black, picture).convert("L"))
