"""Puts a share of each class aside, to test or to validate with."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.errors import DataError


def aside(labels: NDArray[np.int64], share: float, seed: int) -> NDArray[np.bool_]:
    """Return which images to put aside: the same share of each class, chosen at random.

    At least one image of each class stays.

    Parameters
    ----------
    labels
        (n,), as of a `Split`.
    share
        Above 0 and below 1.
    seed
        Of the choice, which is always the same one for the same labels.

    Returns
    -------
    ndarray
        (n,): True for an image that is put aside; none, if each class has too few.
    """
    random, chosen = np.random.default_rng(seed), np.zeros(len(labels), bool)
    for label in range(int(labels.max()) + 1):
        own = random.permutation(np.flatnonzero(labels == label))
        chosen[own[: min(round(share * len(own)), len(own) - 1)]] = True
    return chosen


def with_validation(dataset: Dataset, share: float, seed: int) -> Dataset:
    """Return a set whose test images are a share of its training images; itself, if that is 0.

    Parameters
    ----------
    dataset
        Its own test images are left out.
    share, seed
        As of `aside`.

    Raises
    ------
    DataError
        No class has images enough.
    """
    if not share:
        return dataset
    train = dataset.train
    chosen = aside(train.labels, share, seed)
    if not chosen.any():
        raise DataError(
            f"{dataset.name} has {len(train):,} training images in {len(dataset.classes)} classes, "
            f"too few to put {share:.3g} of each class aside to validate with; raise the "
            "validation share"
        )
    rest, validation = (Split(train.images[it], train.labels[it]) for it in (~chosen, chosen))
    return replace(dataset, train=rest, test=validation)
