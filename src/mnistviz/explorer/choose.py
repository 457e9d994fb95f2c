"""Chooses the test images of a page: what is asked for, or as many as keep it small."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import ALL, EXPLORER_IMAGES, Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import select

PAGE_BYTES = 1_000_000  # that a page takes at most, unless images are counted or listed


def chosen_for(
    dataset: Dataset,
    selection: Selection,
    predicted: NDArray[np.intp],
    confidence: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Return the indices of the test images of a page, in its order; arguments as of `select`.

    Of a selection that neither counts nor orders, a sample, and after it all other mistakes.
    """
    if selection.count == ALL:
        every = replace(selection, count=None)
        return select(dataset, every, predicted, confidence, len(dataset.test))
    chosen = select(dataset, selection, predicted, confidence, EXPLORER_IMAGES)
    if selection != Selection(classes=selection.classes, order_seed=selection.order_seed):
        return chosen
    possible = select(dataset, selection, predicted, confidence, len(dataset.test))
    wrong = possible[predicted[possible] != dataset.test.labels[possible]]
    return np.concatenate([chosen, wrong[~np.isin(wrong, chosen)]])


def kept_small(page_of: Callable[[int], str], most: int) -> tuple[str, int]:
    """Return a page of as many images as keep it under a megabyte, and how many these are.

    Parameters
    ----------
    page_of
        Returns the page with so many images.
    most
        How many there are. Of one, the page may be larger.
    """
    count, page = most, page_of(most)
    if len(page.encode()) > PAGE_BYTES:
        own, whole = (len(each.encode()) for each in (page_of(1), page))
        count = max(1, int(most * (PAGE_BYTES - own) / (whole - own)))
        page = page_of(count)
    while count > 1 and len(page.encode()) > PAGE_BYTES:
        count = max(1, count * 99 // 100)
        page = page_of(count)
    return page, count
