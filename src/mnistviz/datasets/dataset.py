"""What a data set is: labelled images, in a part to train with and a part to test with."""

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


@dataclass(frozen=True, eq=False)
class OwnImages:
    """Images of one's own, whose classes nobody has told.

    Attributes
    ----------
    images
        uint8 (n, height, width), n ≥ 1, from 0 (background) to 255; as large as those of the
        data set that they are shown with.
    names
        The names of their files.
    """

    images: NDArray[np.uint8]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.images)
