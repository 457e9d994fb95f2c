"""A data set of arrays in memory. Public function: dataset."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnistviz.arguments import checked, shown
from mnistviz.datasets.assemble import assemble
from mnistviz.datasets.class_names import check_names, same_name
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.source import Source
from mnistviz.datasets.sources.contents import Contents, Part
from mnistviz.errors import DataError, harmless


@checked
def dataset(
    train_images: ArrayLike,
    train_labels: ArrayLike,
    test_images: ArrayLike | None = None,
    test_labels: ArrayLike | None = None,
    *,
    classes: tuple[str, ...] | None = None,
    name: str = "own set",
    image_size: tuple[int, int] | None = None,
    invert: bool | None = None,
    test_share: float | None = None,
    keep: tuple[str, ...] = (),
) -> Dataset:
    """Make a data set of arrays.

    Parameters
    ----------
    train_images, test_images
        (n, height, width), (n, pixels) of square images, or with a last axis of 1 or 3 channels:
        uint8, or floats in [0, 1], which are multiplied by 255. 0 is background. Without test
        images some of the training images are put aside, as `load` does it.
    train_labels, test_labels
        (n,) whole numbers or texts.
    classes
        Names of the classes, in the order of the labels. Default: the labels themselves.
    name
        What the set is called.
    image_size, invert, test_share, keep
        As of `load`.

    Returns
    -------
    Dataset
        With copies of the arrays, so that these may change.

    Raises
    ------
    DataError
        The arrays are of other types, shapes or values, or do not fit together.
    OptionError
        An argument is not possible.
    """
    source = Source(name, None, image_size, invert, test_share, keep)
    train = _part("train", train_images, train_labels)
    if (test_images is None) != (test_labels is None):
        raise DataError("expected test images and test labels, got one of the two")
    test = None if test_images is None else _part("test", test_images, test_labels)
    if classes is not None:
        classes = tuple(same_name(str(each)) for each in classes)
        check_names(classes, "classes")
    return assemble(Contents(train, test, classes), source, harmless(name), "image", "")


def _part(part: str, images: Any, labels: Any) -> Part:
    pixels = _array(f"{part} images", images)
    is_float = pixels.dtype.kind == "f"
    if not (is_float or pixels.dtype == np.uint8):
        raise DataError(
            f"{part} images: expected uint8, or floats in [0, 1], got {pixels.dtype}; if "
            "all are from 0 to 255, images.astype(numpy.uint8) has the same values"
        )
    if is_float and pixels.size and not (pixels.min() >= 0 and pixels.max() <= 1):
        raise DataError(
            f"{part} images: expected floats in [0, 1], got them from "
            f"{pixels.min():.9g} to {pixels.max():.9g}"
        )
    return Part(pixels, _array(f"{part} labels", labels), f"{part} images", f"{part} labels")


def _array(name: str, values: Any) -> NDArray[Any]:
    try:
        array = np.array(values)
    except Exception as error:  # of other libraries' objects, whatever these raise
        raise DataError(f"{name}: expected an array, got {error}") from None
    if array.dtype.kind == "O":
        texts = array.ndim == 1 and all(isinstance(each, str) for each in array.tolist())
        if not texts:
            raise DataError(f"{name}: expected an array of numbers, got one of objects")
        array = array.astype(str)
    if not array.ndim:
        raise DataError(f"{name}: expected an array of many, got {shown(values)} by itself")
    return array
