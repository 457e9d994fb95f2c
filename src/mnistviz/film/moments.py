"""The moments of a film, one a picture: each image, and the blends that lead to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Dataset, as_pixels
from mnistviz.frame.moment import Moment, Shown
from mnistviz.model.kind import SOFTMAX, Kind


def shown_of_test(
    dataset: Dataset,
    logits: NDArray[np.float32],
    indices: NDArray[np.int64],
    kind: Kind = SOFTMAX,
) -> tuple[Shown, ...]:
    """Return test images as they are shown, given the logits (n, classes) of the whole split."""
    test = dataset.test
    return tuple(
        Shown(
            test.images[index],
            index,
            int(test.labels[index]),
            logits[index],
            kind.probabilities(logits[index]),
        )
        for index in indices.tolist()
    )


@dataclass(frozen=True)
class Moments:
    """The moments of a film, in order, made one by one.

    Attributes
    ----------
    shown
        The images, in order.
    steps
        Moments of each image but the first, which has one. The last of them is the image; those
        before lead to it from the image before. Default: 1, a cut.
    kind
        Of the model. Default: softmax regression.
    endings
        Of each image, what follows it in turn, as `endings_of` returns it. Default: nothing.
    """

    shown: Sequence[Shown]
    steps: int = 1
    kind: Kind = SOFTMAX
    endings: Sequence[Sequence[Shown]] = ()

    def __iter__(self) -> Iterator[Moment]:
        """Yield the moments of the film."""
        return blended(map(self.whole, range(len(self.shown))), self.steps, self.kind)

    def whole(self, place: int) -> tuple[Moment, ...]:
        """Return the moment of an image itself, and those of its ending."""
        ending = self.endings[place] if self.endings else ()
        return (self.image(place), *(self._moment(shown, place) for shown in ending))

    def image(self, place: int) -> Moment:
        """Return the moment of an image itself, by its place in the film, from 0."""
        return self._moment(self.shown[place], place)

    def _moment(self, shown: Shown, place: int) -> Moment:
        return Moment(
            shown=shown,
            pixels=as_pixels(shown.image[None])[0],
            logits=shown.logits,
            probabilities=shown.probabilities,
            right=self._right[place],
            count=place + 1,
            progress=(place + 1) / len(self.shown),
        )

    @cached_property
    def _right(self) -> list[int]:
        return list(accumulate(int(shown.right) for shown in self.shown))


def blended(
    images: Iterable[Sequence[Moment]], steps: int, kind: Kind, before: Moment | None = None
) -> Iterator[Moment]:
    """Yield the moments of images, and before each those that lead to it from the one before.

    Parameters
    ----------
    images
        Of each image, its own moment and those of its ending, as `Moments.whole` returns them.
    steps, kind
        As of `Moments`.
    before
        The last moment of the image before the first; by default there is none.
    """
    for whole in images:
        if before is not None:
            yield from blends(before, whole[0], steps, kind)
        yield from whole
        before = whole[-1]


def stretch(
    images: Sequence[Sequence[Moment]],
    steps: int,
    kind: Kind,
    before: Moment | None,
    after: Moment | None,
) -> Iterator[Moment]:
    """Yield the moments of images of a film, with those that lead to them, and to one after them.

    Parameters
    ----------
    images, steps, kind, before
        As of `blended`.
    after
        The image into which the last of them turns, without its own moment; None if it does not.
    """
    yield from blended(images, steps, kind, before)
    if after is not None:
        yield from blends(images[-1][-1], after, steps, kind)


def blends(before: Moment, after: Moment, steps: int, kind: Kind) -> Iterator[Moment]:
    """Yield the moments that lead from one image to another, without the two."""
    for step in range(1, steps):
        yield _blend(before, after, step / steps, kind)


def _blend(before: Moment, after: Moment, share: float, kind: Kind) -> Moment:
    """Return what is on screen between two images: a linear blend, with the words of the nearer.

    The network is linear, so its logits of the blend are the blend of its logits.
    """
    nearer, part = after if share >= 0.5 else before, np.float32(share)
    logits = before.logits + part * (after.logits - before.logits)
    return Moment(
        shown=nearer.shown,
        pixels=before.pixels + part * (after.pixels - before.pixels),
        logits=logits,
        probabilities=kind.probabilities(logits),
        right=nearer.right,
        count=nearer.count,
        progress=nearer.progress,
    )
