"""Labelled images: a part to train with and a part to test with."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST_SIDE = 64  # of an image, in pixels
MOST_CLASSES = 26  # the alphabet; one column each


@dataclass(frozen=True, eq=False)  # arrays have no single answer to ==
class Split:
    """Images and the classes they belong to.

    Attributes
    ----------
    images
        uint8 (n, height, width), n ≥ 1, from 0 (background) to 255.
    labels
        int64 (n,): indices of classes, in a type in which sums of them cannot wrap.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_size(self) -> tuple[int, int]:
        """Height and width of every image, in pixels."""
        _, height, width = self.images.shape
        return height, width


@dataclass(frozen=True, eq=False)
class Dataset:
    """A set of labelled images, in a part to train with and a part to test with.

    Attributes
    ----------
    name
        What the set is called, 'MNIST' or the name of its folder.
    classes
        Names of the classes; a label is an index into them.
    noun
        What one image is called: 'digit' or 'image'.
    train, test
        The two parts; their images have the same size.
    licence
        Under which licence the images may be used; nothing where that is not known.
    """

    name: str
    classes: tuple[str, ...]
    noun: str
    train: Split
    test: Split
    licence: str = ""


def as_pixels(
    images: NDArray[np.uint8], out: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Flatten images and scale them to what a model takes.

    Parameters
    ----------
    images
        (n, height, width) uint8.
    out
        (n, height × width) float32 to write to; a new array by default.

    Returns
    -------
    NDArray
        (n, height × width) float32 in [0, 1], row by row.
    """
    rows = images.reshape(len(images), math.prod(images.shape[1:]))
    # A product takes half the time of a quotient, and 255 becomes exactly 1 all the same.
    return np.multiply(rows, np.float32(1 / 255), out=out, dtype=np.float32)
