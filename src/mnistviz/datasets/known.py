"""Recognises published sets by their content, whatever their folder is called."""

import hashlib

import numpy as np

from mnistviz.datasets.named_sets import SETS, NamedSet
from mnistviz.datasets.sources.contents import Contents


def recognised(contents: Contents) -> NamedSet | None:
    """Return the set with a name whose very images and labels are there, if it is one.

    Sets are told by the SHA-256 of the test labels' values first, so that others cost next to
    nothing; then by those of all four files.
    """
    for named in SETS.values():
        if named.contents and contents.test and _is(contents.test.labels, named.contents[3]):
            arrays = (contents.train.images, contents.train.labels, contents.test.images)
            if all(map(_is, arrays, named.contents[:3])):
                return named
    return None


def _is(values: object, sha256: str) -> bool:
    return isinstance(values, np.ndarray) and _digest(values) == sha256


def _digest(values: object) -> str:
    """Return the SHA-256 of whole numbers as bytes; of other arrays something else."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu" or array.max(initial=0) > 255:
        return ""
    return hashlib.sha256(np.ascontiguousarray(array, np.uint8).data).hexdigest()
