"""Reads picture files with Pillow: the only module that opens one."""

import io
import os
import re
import warnings
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from mnistviz._version import NAME
from mnistviz.datasets.mnist_form import MOST_PIXELS
from mnistviz.errors import DataError, reason
from mnistviz.input import open_file

SAID = 256  # bytes at either end of a file, in which it says who drew it
MOST_SIDE = 65_535  # as in JPEG
SUFFIXES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".jfif",
    ".gif",
    ".bmp",
    ".webp",
    ".tif",
    ".tiff",
    ".pgm",
    ".ppm",
    ".heic",
    ".heif",
)
# No others: Pillow hands some, such as EPS, to other programs.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")


def natural(name: str) -> tuple[list[str | int], str]:
    """Return a key to sort names by: numbers by their value, letters in either case alike."""
    words = re.split(r"([0-9]+)", name.casefold())  # every second one is a number
    return [int(word) if place % 2 else word for place, word in enumerate(words)], name


def is_drawn_here(path: Path) -> bool:
    """Whether a file is a still, a poster, a GIF or a WebP that mnistviz has written.

    A PNG says so at its beginning, the other two at their end.
    """
    try:
        with open_file(path) as file:
            start = file.read(SAID)
            file.seek(max(0, os.fstat(file.fileno()).st_size - SAID))
            said = start + file.read(SAID)
    except (OSError, ValueError):
        return False  # reading it as a picture says why
    name = NAME.encode()
    return any(mark + name in said for mark in (b"Software\0", b";", b"SOFT\x08\0\0\0"))


def read_picture(path: Path, most_side: int = MOST_SIDE) -> NDArray[np.uint8]:
    """Read the first picture of a file.

    Parameters
    ----------
    path
        A PNG, JPEG, GIF, BMP, WebP, TIFF, PGM or PPM file, whatever its name.
    most_side
        Largest height and width, in pixels.

    Returns
    -------
    NDArray[np.uint8]
        (h, w, 4) red, green, blue and opacity; upright, as its EXIF orientation says. Of 16 bits
        a channel, the upper 8.

    Raises
    ------
    DataError
        If the file is missing, broken, of another kind or too large. The size is found in the
        header, before anything is decoded.
    """
    try:
        with open_file(path) as file:
            return _decoded(file, most_side)
    except Exception as error:  # Pillow's decoders raise anything on broken files
        raise DataError(f"cannot use the picture {path}: {_problem(error)}") from error


def read_grey(path: Path) -> NDArray[np.uint8]:
    """Read a picture as grey levels, (height, width): ITU-R 601 luma, on black.

    Raises
    ------
    DataError
        As `read_picture`.
    """
    return _grey(read_picture(path))


def grey_of(data: bytes, where: str) -> NDArray[np.uint8]:
    """Return the grey levels of a picture from the bytes of its file, as `read_grey`.

    Parameters
    ----------
    data
        The bytes of a file of any kind that `read_picture` reads.
    where
        What messages call it.

    Raises
    ------
    DataError
        As `read_picture`.
    """
    try:
        return _grey(_decoded(io.BytesIO(data), MOST_SIDE))
    except Exception as error:  # as above
        raise DataError(f"cannot use the picture {where}: {_problem(error)}") from error


def _grey(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    picture = Image.fromarray(rgba)
    black = Image.new("RGBA", picture.size, "black")
    return np.asarray(Image.alpha_composite(black, picture).convert("L"))


def _decoded(file: BinaryIO, most_side: int) -> NDArray[np.uint8]:
    """Return a picture as (h, w, 4), upright and of 8 bits; its size is checked first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own, of sizes and of odd metadata
        with Image.open(file, formats=[*_FORMATS, *_heif(file)]) as picture:
            _check_size(picture, most_side)
            ImageOps.exif_transpose(picture, in_place=True)
            return np.asarray(_in_8_bits(picture).convert("RGBA"))


def _heif(file: BinaryIO) -> list[str]:
    """Return the format of iPhones' photos, if a file is one.

    Raises
    ------
    DataError
        If what reads it is not installed.
    """
    start = file.read(12)
    file.seek(0)
    if start[4:8] != b"ftyp":
        return []
    try:
        import pillow_heif
    except ImportError:
        raise DataError(
            "it is a HEIC photo: pip install 'mnistviz[heic]' reads it, or save it as JPEG"
        ) from None
    pillow_heif.register_heif_opener()
    return ["HEIF"]


def _check_size(picture: Image.Image, most_side: int) -> None:
    most = min(MOST_PIXELS, most_side**2)
    if picture.width * picture.height > most or max(picture.size) > most_side:
        raise DataError(
            f"expected at most {most:,} pixels and {most_side:,} on a side, "
            f"got {picture.width}x{picture.height}; make it smaller"
        )


def _in_8_bits(picture: Image.Image) -> Image.Image:
    """Scale more than 8 bits a channel to 8; Pillow would clip them."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    levels = np.asarray(picture)
    if picture.mode == "F" or levels.min() < 0 or levels.max() > 0xFFFF:
        raise DataError(f"expected 8 or 16 bits a channel, got 32 (mode {picture.mode})")
    return Image.fromarray((levels // 256).astype(np.uint8))


def _problem(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        kinds = "PNG, JPEG, GIF, BMP, WebP, TIFF, PGM, PPM or HEIC"
        return f"expected a {kinds} file, got another kind, or a broken one"
    if isinstance(error, Image.DecompressionBombError):
        return f"expected at most {MOST_PIXELS:,} pixels, got more; make it smaller"
    known = isinstance(error, DataError) or getattr(error, "strerror", None)
    said = str(error).splitlines()[:1] or [type(error).__name__]
    return reason(error) if known else f"it is broken: {said[0]}"
