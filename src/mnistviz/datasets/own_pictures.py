"""Reads the user's own pictures, and brings them to the form of a data set's images."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.mnist_form import image_form
from mnistviz.datasets.picture_file import SUFFIXES, natural, read_picture
from mnistviz.errors import DataError, reason


class OwnPictures(NamedTuple):
    """Own pictures, in the form of a data set's images.

    Attributes
    ----------
    images
        uint8 (n, height, width), n ≥ 1, from 0 (background) to 255.
    names
        The names of their files.
    """

    images: NDArray[np.uint8]
    names: tuple[str, ...]


def read_own_pictures(paths: list[Path], size: tuple[int, int]) -> OwnPictures:
    """Read pictures.

    Parameters
    ----------
    paths
        Files of pictures, at least one.
    size
        Height and width of the images, in pixels.

    Returns
    -------
    OwnPictures
        In the order of the files.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or blank.
    """
    images = np.array([in_form(path, read_picture(path), size) for path in paths])
    return OwnPictures(images, tuple(path.name for path in paths))


def find_pictures(folder: Path) -> list[Path]:
    """Return the pictures in a folder, sorted by name; '2.png' comes before '10.png'.

    A picture is a file with the suffix of one that is not hidden. Folders inside do not count.

    Raises
    ------
    DataError
        If there is none, or the folder cannot be read.
    """
    try:
        entries = list(folder.iterdir())
        pictures = [path for path in entries if _is_picture(path)]
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise DataError(f"cannot read the folder of pictures {folder}: {reason(error)}") from error
    if not pictures:
        raise DataError(
            f"no pictures in {folder}: expected names that end in {', '.join(SUFFIXES)}, "
            f"got {len(entries)} of other kinds"
        )
    return sorted(pictures, key=lambda path: natural(path.name))


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def in_form(path: Path, picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a picture of a file, as `read_picture` reads it, in the form of images of a size."""
    try:
        return image_form(picture, size)
    except DataError as error:
        raise DataError(f"cannot use the picture {path}: {error}") from error
