"""Labelled images: a part to train with and a part to test with."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError

LARGEST_SIDE = 64  # of an image, in pixels
MOST_CLASSES = 256  # so that a label is a byte


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

    def __post_init__(self) -> None:
        for name, kind, dimensions in (("images", np.uint8, 3), ("labels", np.int64, 1)):
            array = getattr(self, name)
            if not isinstance(array, np.ndarray) or (array.dtype, array.ndim) != (kind, dimensions):
                got = f"{array.dtype} in {array.ndim}" if isinstance(array, np.ndarray) else ""
                raise DataError(
                    f"{name}: expected an array of {np.dtype(kind)} in {dimensions} dimension(s), "
                    f"got {got or type(array).__name__}; mnistviz.dataset makes a set of any arrays"
                )
        if not self.images.size > 0 or len(self.images) != len(self.labels):
            raise DataError(
                f"expected images, and a label for each, got {len(self.images)} images of "
                f"{self.images.shape[1:]} pixels and {len(self.labels)} labels"
            )

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

    def __post_init__(self) -> None:
        if self.train.image_size != self.test.image_size:
            sizes = f"{self.train.image_size} and {self.test.image_size}"
            raise DataError(f"expected training and test images of one size, got {sizes}")
        for split in (self.train, self.test):
            least, most = int(split.labels.min()), int(split.labels.max())
            if least < 0 or most >= len(self.classes):
                raise DataError(
                    f"expected labels from 0 to {len(self.classes) - 1}, one for each class, got "
                    f"them from {least} to {most}"
                )


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
