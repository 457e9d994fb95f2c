"""What is shown: images of the test split, or one's own."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import FilmConfig
from mnistviz.datasets.dataset import Dataset, OwnImages
from mnistviz.datasets.own_pictures import find_pictures, read_own_images
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.drawing.text import legible
from mnistviz.errors import OptionError
from mnistviz.film.moments import OwnReel, Reel
from mnistviz.frame import words as wording
from mnistviz.frame.places import Layout

Choice = NDArray[np.int64] | OwnImages  # indices of test images, in order; or one's own


def own_images(dataset: Dataset, film: FilmConfig, folder: Path | str | None) -> OwnImages | None:
    """Return one's own images in a folder, to be shown in place of test images.

    Parameters
    ----------
    dataset
        Where the test images are, whose size they take.
    film
        Its count is the most of them.
    folder
        Holds the pictures; None for the test images.

    Raises
    ------
    OptionError
        If the film chooses among test images.
    DataError
        If a picture cannot be taken, or there is none.
    """
    if folder is None:
        return None
    if film.chooses:
        raise OptionError(
            "own images are all shown, in the order of their names: leave out which test images, "
            "index, class, only and order"
        )
    return read_own_images(find_pictures(Path(folder))[: film.count], dataset.test.image_size)


def choose_for_still(dataset: Dataset, image: int | Path | str) -> tuple[Choice, int]:
    """Return what a still is one of, and its place in it.

    Parameters
    ----------
    dataset
        Where the test images are.
    image
        The place of a test image, from 0, or the file of a picture.

    Raises
    ------
    OptionError
        If there is no such test image.
    DataError
        If the picture cannot be taken.
    """
    if isinstance(image, (Path, str)):
        return read_own_images([Path(image)], dataset.test.image_size), 0
    images = len(dataset.test)
    if not (isinstance(image, int) and 0 <= image < images):
        raise OptionError(f"index must be from 0 to {images - 1:,} for these data (got {image})")
    return np.arange(images), image


def reel_of(
    choice: Choice, dataset: Dataset, predicted: NDArray[np.intp], layout: Layout, steps: int = 1
) -> Reel | OwnReel:
    """Return the reel of what was chosen.

    Parameters
    ----------
    choice
        What was chosen.
    dataset, predicted
        Where the test images are, and the class that each of them is taken for, (n,).
    layout
        Where the names of one's own images must find room.
    steps
        As in `Reel`.
    """
    if not isinstance(choice, OwnImages):
        return Reel(dataset.test, predicted, choice, steps)
    names = tuple(_name_in_frame(name, layout) for name in choice.names)
    return OwnReel(OwnImages(choice.images, names), steps)


def _name_in_frame(name: str, layout: Layout) -> str:
    def fits(text: str) -> bool:
        return layout.text.position * text_width(text, False) <= layout.name_room

    return wording.shortened(legible(name), fits)
