"""Reads pictures of one's own, and brings them to the form of a data set's images."""

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from mnistviz.datasets.ink import MOST_PIXELS
from mnistviz.datasets.mnist_form import image_form
from mnistviz.datasets.picture_file import natural
from mnistviz.errors import DataError

# No others: Pillow hands some, such as EPS, to other programs.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
KINDS = "PNG, JPEG, GIF, BMP, WebP or TIFF"
MOST_SIDE = 65_535  # what JPEG can have


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
        Their files, at least one.
    size
        Height and width of the images to make of them, in pixels.

    Returns
    -------
    OwnPictures
        In the order of the files.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or blank; it is named.
    """
    images = np.array([_read(path, size) for path in paths])
    return OwnPictures(images, tuple(path.name for path in paths))


def find_pictures(folder: Path) -> list[Path]:
    """Return the pictures in a folder, by name; '2.png' comes before '10.png'.

    A picture is what has the suffix of one and is not hidden. What is in folders inside does
    not count.

    Raises
    ------
    DataError
        If there is none, or the folder cannot be read.
    """
    try:
        entries = list(folder.iterdir())
        pictures = [path for path in entries if _is_picture(path)]
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"cannot read the folder of pictures {folder}: {reason}") from error
    if not pictures:
        raise DataError(
            f"no pictures in {folder}: expected names that end in {', '.join(SUFFIXES)}, "
            f"got {len(entries)} of other kinds"
        )
    return sorted(pictures, key=lambda path: natural(path.name))


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _read(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    try:
        return image_form(_decode(path), size)
    except DataError as error:
        raise DataError(f"cannot take the picture {path}: {error}") from error


def _decode(path: Path) -> NDArray[np.uint8]:
    """Return the first picture of a file, upright, as (h, w, 4) RGBA."""
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for a writer
            raise DataError("expected a file, got a folder, a pipe or a device")
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, of sizes and of odd metadata
            with Image.open(file, formats=FORMATS) as picture:
                _check_size(*picture.size)
                return _rgba(picture)
    except DataError:
        raise
    except UnidentifiedImageError as error:
        raise DataError(f"expected a {KINDS} file, got another kind, or a broken one") from error
    except Image.DecompressionBombError as error:
        raise DataError(_too_large("more than Pillow opens")) from error
    except Exception as error:  # Pillow's decoders raise what comes to hand on broken files
        reason = getattr(error, "strerror", None)  # of the system, if the file cannot be read
        raise DataError(reason or f"it is broken: {error}".splitlines()[0]) from error


def _check_size(width: int, height: int) -> None:
    """Refuse what would take too much memory, before it is decoded."""
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise DataError(_too_large(f"{width}x{height}"))


def _too_large(got: str) -> str:
    return (
        f"expected at most {MOST_PIXELS:,} pixels and {MOST_SIDE:,} on a side, got {got}; "
        "make it smaller"
    )


def _rgba(picture: Image.Image) -> NDArray[np.uint8]:
    if picture.mode in ("I", "F"):
        raise DataError(f"expected 8 or 16 bits a channel, got 32 (mode {picture.mode})")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):  # which Pillow would clip, not scale, to 8 bits
        upright = Image.fromarray((np.asarray(upright) // 256).astype(np.uint8))
    return np.asarray(upright.convert("RGBA"))
