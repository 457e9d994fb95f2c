"""One picture of a data set, from its file to grey levels; and the order of such files."""

import re
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnistviz.datasets.dataset import LARGEST_SIDE
from mnistviz.errors import DataError

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm")
# Named, since Pillow would hand some other kinds to programs outside.
_FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF", "PPM")


def natural(name: str) -> tuple[list[str | int], str]:
    """Return what to sort names by: numbers by their value, letters by neither case."""
    words = re.split(r"([0-9]+)", name.casefold())  # every second one is a number
    return [int(word) if place % 2 else word for place, word in enumerate(words)], name


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Read a picture in grey; what is transparent shows black.

    Parameters
    ----------
    path
        Its file, of at most 64×64 pixels.

    Returns
    -------
    NDArray[np.uint8]
        (height, width), ITU-R 601 luma, 0 to 255.

    Raises
    ------
    DataError
        The picture is broken or too large; that is found before it is decoded.
    """
    if path.exists() and not path.is_file():  # to open a pipe would wait for a writer
        raise DataError(f"{path}: expected a picture, got a folder, a pipe or a device.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs, whose size is checked here
            with Image.open(path, formats=_FORMATS) as image:
                _check_size(path, image)
                return _grey(image)
    except DataError:
        raise
    except Image.DecompressionBombError as error:
        raise DataError(f"{path}: {_too_large()}, got far more.") from error
    except Exception as error:  # Pillow's readers raise whatever they stumble over
        reason = getattr(error, "strerror", None) or "it is broken, or of another kind"
        raise DataError(f"{path}: cannot be read as a picture: {reason}.") from error


def _check_size(path: Path, image: Image.Image) -> None:
    if max(image.size) > LARGEST_SIDE:
        size = f"{image.height}×{image.width} (height×width)"
        raise DataError(f"{path}: {_too_large()}, got {size}; shrink it first.")


def _too_large() -> str:
    return f"expected a picture of at most {LARGEST_SIDE}×{LARGEST_SIDE} pixels"


def _grey(image: Image.Image) -> NDArray[np.uint8]:
    if image.mode.startswith("I"):  # 16 bits, which `convert` would clip at 255
        return (np.asarray(image).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8)
    if image.has_transparency_data:
        black = Image.new("RGBA", image.size, "black")
        image = Image.alpha_composite(black, image.convert("RGBA"))
    return np.array(image.convert("L"))
