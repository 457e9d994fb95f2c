"""What a source of images holds: the one form into which every format is read."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Pictures(NamedTuple):
    """Pictures that are decoded one by one, and may have several sizes.

    Attributes
    ----------
    names
        What messages call each of them.
    read
        Returns the grey levels of one by its place, uint8 (height, width).
    """

    names: Sequence[str]
    read: Callable[[int], NDArray[np.uint8]]

    def __len__(self) -> int:
        return len(self.names)


class Part(NamedTuple):
    """Images with labels: those to train with, say.

    Attributes
    ----------
    images
        (n, height, width), (n, pixels) or (n, height, width, channels) of any numbers; or pictures.
    labels
        (n,) whole numbers or texts, as they are in the source.
    images_from, labels_from
        What messages call their files.
    """

    images: NDArray[Any] | Pictures
    labels: NDArray[Any]
    images_from: str
    labels_from: str


class Contents(NamedTuple):
    """All that a source holds.

    Attributes
    ----------
    train
        The images to train with, or all where it has no others.
    test
        The images to test with.
    classes
        Names of the classes, of which a label that is a number is an index, or the place counted
        from 1. None: the labels are the names.
    """

    train: Part
    test: Part | None = None
    classes: tuple[str, ...] | None = None
