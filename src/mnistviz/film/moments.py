"""The film before it is drawn: which images, in which order, and how one turns into the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import OwnImages, Split
from mnistviz.model.softmax import as_pixels


@dataclass(frozen=True)
class Moment:
    """What is on at one instant. A frame depends on its Moment alone.

    Attributes
    ----------
    pixels
        (pixels,) float32 in [0, 1].
    label
        The image's class; None of an image of one's own, of which nobody has told it.
    index
        The image's place, from 0: in the test split, or among one's own.
    right, shown
        How many of the images shown so far, this one included, are predicted right, of how many.
    progress
        How much of the film has been shown when this image ends, in (0, 1].
    name
        What an image of one's own is called; nothing for a test image.
    """

    pixels: NDArray[np.float32]
    label: int | None
    index: int
    right: int
    shown: int
    progress: float
    name: str = ""


@dataclass(frozen=True)
class Reel:
    """An ordered, lazy sequence of Moments.

    Attributes
    ----------
    split
        Where the images are.
    predicted
        (n,) the predicted class of each image of the split.
    order
        (count,) indices of the images to show, in order.
    steps
        Moments of each image but the first, which has one. The last of them is the image; those
        before lead to it from the image before. Default: 1, a cut.
    """

    split: Split
    predicted: NDArray[np.intp]
    order: NDArray[np.int64]
    steps: int = 1

    def __iter__(self) -> Iterator[Moment]:
        """Return the moments of the film."""
        return _film(self.image, len(self.order), self.steps)

    def image(self, place: int) -> Moment:
        """Return the moment of an image itself, by its place in the film, from 0."""
        index = int(self.order[place])
        so_far = self.order[: place + 1]
        right = np.count_nonzero(self.predicted[so_far] == self.split.labels[so_far])
        return Moment(
            pixels=as_pixels(self.split.images[index : index + 1])[0],
            label=int(self.split.labels[index]),
            index=index,
            right=int(right),
            shown=place + 1,
            progress=(place + 1) / len(self.order),
        )


@dataclass(frozen=True)
class OwnReel:
    """An ordered, lazy sequence of Moments of one's own images, all of them.

    Attributes
    ----------
    own
        The images, and what they are called in the film.
    steps
        As in `Reel`.
    """

    own: OwnImages
    steps: int = 1

    def __iter__(self) -> Iterator[Moment]:
        """Return the moments of the film."""
        return _film(self.image, len(self.own), self.steps)

    def image(self, place: int) -> Moment:
        """Return the moment of an image itself, by its place in the film, from 0."""
        return Moment(
            pixels=as_pixels(self.own.images[place : place + 1])[0],
            label=None,
            index=place,
            right=0,
            shown=place + 1,
            progress=(place + 1) / len(self.own),
            name=self.own.names[place],
        )


def _film(image: Callable[[int], Moment], images: int, steps: int) -> Iterator[Moment]:
    """Yield the moments of a film, given those of its images."""
    before = image(0)
    yield before
    for place in range(1, images):
        after = image(place)
        for step in range(1, steps):
            yield _blend(before, after, step / steps)
        yield after
        before = after


def _blend(before: Moment, after: Moment, share: float) -> Moment:
    """Return what is on between two images: a linear blend, with the words of the nearer one.

    The network is linear, so its answer to the blend is the blend of its answers.
    """
    pixels = before.pixels + np.float32(share) * (after.pixels - before.pixels)
    return replace(after if share >= 0.5 else before, pixels=pixels)
