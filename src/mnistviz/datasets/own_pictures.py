"""Reads the user's own pictures, and brings them to the form of a data set's images."""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import Selection
from mnistviz.datasets.mnist_form import image_form
from mnistviz.datasets.picture_file import SUFFIXES, natural, read_picture
from mnistviz.errors import DataError, DataWarning, OptionError, reason
from mnistviz.output import is_same

LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini")
MOST_NAMED = 3  # files that are passed over


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


def choose_pictures(
    folder: Path | str, selection: Selection, but: Iterable[Path | None] = ()
) -> list[Path]:
    """Return the files of the pictures to show: all by name, or as many as the selection counts.

    Raises
    ------
    OptionError
        If the selection says more than how many, or more than there are.
    DataError
        As `find_pictures`.
    """
    count = selection.count
    if selection != Selection(count=count, order_seed=selection.order_seed):
        raise OptionError(
            "own pictures are all shown, in the order of their names: leave out which test images, "
            "index, class, only and order"
        )
    files = find_pictures(Path(folder), but)
    if count and count > len(files):
        raise OptionError(
            f"count must be at most {len(files)}, the pictures in {folder} (got {count})"
        )
    return files[:count]


def find_pictures(folder: Path, but: Iterable[Path | None] = ()) -> list[Path]:
    """Return the pictures in a folder, sorted by name; '2.png' comes before '10.png'.

    A picture is a file with the suffix of one that is not hidden. Folders inside do not count.

    Parameters
    ----------
    folder
        Where they are.
    but
        Files that are no pictures of the user's, whatever their names.

    Raises
    ------
    DataError
        If there is none, or the folder cannot be read.
    """
    try:
        entries = list(folder.iterdir())
        found = [path for path in entries if _is_picture(path)]
        pictures = [
            path for path in found if not any(other and is_same(path, other) for other in but)
        ]
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise DataError(f"cannot read the folder of pictures {folder}: {reason(error)}") from error
    if not pictures:
        raise DataError(
            f"no pictures in {folder}: expected names that end in {', '.join(SUFFIXES)}, "
            f"got {len(entries)} of other kinds"
        )
    others = sorted(entry.name for entry in {*entries} - {*found} if _is_meant(entry))
    if others:
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        names = ", ".join(others[:MOST_NAMED])
        message = f"passed over in {folder}: {names}{more}; pictures end in {', '.join(SUFFIXES)}"
        warnings.warn(message, DataWarning, stacklevel=2)
    return sorted(pictures, key=lambda path: natural(path.name))


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _is_meant(path: Path) -> bool:
    """Whether a file that is no picture is worth a word: not what systems leave in folders."""
    hidden = path.name.startswith(".") or path.name.lower() in LEFT_BY_SYSTEMS
    return not hidden and path.is_file() and path.suffix.lower() not in SUFFIXES


def in_form(path: Path, picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a picture of a file, as `read_picture` reads it, in the form of images of a size."""
    try:
        return image_form(picture, size)
    except DataError as error:
        raise DataError(f"cannot use the picture {path}: {error}") from error
