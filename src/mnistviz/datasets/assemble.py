"""Makes a data set of what a source holds: its pixels, its classes and its two parts."""

import warnings
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.area import in_size
from mnistviz.datasets.aside import aside
from mnistviz.datasets.dataset import LARGEST_SIDE, Dataset, Split
from mnistviz.datasets.labels import classes_of
from mnistviz.datasets.levels import as_images, as_levels
from mnistviz.datasets.select import labels_of
from mnistviz.datasets.source import TEST_SHARE, Source
from mnistviz.datasets.sources.contents import Contents, Part, Pictures
from mnistviz.errors import DataError, DataWarning, OptionError

SEED = 0  # of the choice of test images, so that the same set is always split alike
SAMPLE = 500  # images whose borders are looked at
LIGHT = 128  # the least level of paper: half of the scale
DARKER = 16  # levels by which ink is darker than paper, on the average of an image, at the least
DIM = 16  # the brightest level of images in 4 bits, of which next to nothing is seen
ADVICE = "Bring all to one size with --image-size WIDTHxHEIGHT, such as 28x28."


def assemble(contents: Contents, source: Source, name: str, noun: str, licence: str) -> Dataset:
    """Return the data set of what a source holds, in the form that is wanted.

    Parameters
    ----------
    contents
        What was read.
    source
        What is wanted.
    name, noun, licence
        Of the data set.

    Raises
    ------
    DataError
        The images are not of one size or too large; their numbers, labels or classes are not what
        they must be; or there are too few.
    OptionError
        A class to keep is not there, or a share to test with is asked for where there are test
        images.
    """
    if contents.test and source.test_share is not None:
        raise OptionError(f"test share is for sets without test images; {name} has some")
    size = source.image_size and source.image_size[::-1]
    train = _images(contents.train, size)
    test = _images(contents.test, size) if contents.test else None
    if contents.test and test is not None and train.shape[1:] != test.shape[1:]:
        raise DataError(
            f"Expected images of one size (height×width), got {_shape(train)} in "
            f"{contents.train.images_from} and {_shape(test)} in {contents.test.images_from}."
            f"\n{ADVICE}"
        )
    classes, labels, test_labels = classes_of(contents)
    if test is None or test_labels is None:
        train, labels, test, test_labels = _split(train, labels, classes, source, name)
    dataset = Dataset(name, classes, noun, Split(train, labels), Split(test, test_labels), licence)
    if source.keep:
        dataset = _kept(dataset, source.keep)
    _warn_of_light(dataset)
    paper, mean = _paper(dataset.train.images)
    if source.invert is None and paper >= max(LIGHT, mean + DARKER):
        warnings.warn(
            f"{name} seems to be dark on light: its borders have the level {paper:.0f} of 255. "
            "Ink should be light, as in MNIST: exchange them with --invert, or say --no-invert",
            DataWarning,
            stacklevel=2,
        )
    if source.invert:
        for split in (dataset.train, dataset.test):
            np.subtract(255, split.images, out=split.images)
    return dataset


def _images(part: Part, size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """Return the images of a part as uint8 (n, height, width), n ≥ 1, that may be written to."""
    where = part.images_from
    given = part.images
    if len(given) != len(part.labels):
        raise DataError(
            f"Expected as many labels as images, got {len(part.labels)} labels in "
            f"{part.labels_from} and {len(given)} images in {where}."
        )
    if isinstance(given, Pictures):
        images = _decoded(given, size)
    else:
        images = as_levels(as_images(given, where, size), where)
        if images.size == 0:
            shape = "×".join(map(str, images.shape))
            raise DataError(f"{where}: expected at least one image of one pixel, got {shape}.")
        images = in_size(images, size) if size else images
    if max(images.shape[1:]) > LARGEST_SIDE:
        largest = f"{LARGEST_SIDE}×{LARGEST_SIDE}"
        raise DataError(
            f"{where}: expected images of at most {largest} pixels, got {_shape(images)} "
            f"(height×width).\n{ADVICE}"
        )
    return images if images.flags.writeable else images.copy()


def _decoded(pictures: Pictures, size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """Decode pictures one by one, and bring each to the size; without one, all must have the same.

    Those that are too large are an error at the first, before the others are decoded.
    """
    if not pictures:
        raise DataError("expected pictures, got none")
    first = pictures.read(0)
    images = np.empty((len(pictures), *(size or first.shape)), np.uint8)
    if max(images.shape[1:]) > LARGEST_SIDE:
        height, width = first.shape
        raise DataError(
            f"{pictures.names[0]}: expected a picture of at most {LARGEST_SIDE}x{LARGEST_SIDE} "
            f"pixels, got {width}x{height} (width x height).\n{ADVICE}"
        )
    for place in range(len(pictures)):
        picture = pictures.read(place) if place else first
        if not size and picture.shape != first.shape:
            raise DataError(
                f"Expected pictures of one size (height, width), got {first.shape} in "
                f"{pictures.names[0]} and {picture.shape} in {pictures.names[place]}.\n{ADVICE}"
            )
        images[place] = in_size(picture[None], size)[0] if size else picture
    return images


def _shape(images: NDArray[np.uint8]) -> str:
    return "×".join(map(str, images.shape[1:]))


def _split(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    classes: tuple[str, ...],
    source: Source,
    name: str,
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]:
    """Return images and labels to train with, and those to test with: of each class the same share.

    At least one image of each class stays to train with.
    """
    share = TEST_SHARE if source.test_share is None else source.test_share
    testing = aside(labels, share, SEED)
    if not testing.any():
        raise DataError(
            f"{name} has {len(labels):,} images in {len(classes)} classes, too few to put "
            f"{share:.3g} of them aside to test with.\nAdd images, or raise --test-share."
        )
    if source.test_share is None:
        warnings.warn(
            f"{name} has no test images: {testing.sum():,} of its {len(labels):,} images, 1 in 6 "
            "of each class, are put aside to test with; --test-share SHARE sets how many",
            DataWarning,
            stacklevel=2,
        )
    return images[~testing], labels[~testing], images[testing], labels[testing]


def _kept(dataset: Dataset, keep: tuple[str, ...]) -> Dataset:
    """Return a set with some of its classes, in the set's order."""
    labels = labels_of(dataset.classes, keep, "keep")
    if len(labels) < 2:
        raise OptionError(f"keep must name 2 classes or more (got {', '.join(keep)})")

    def of(split: Split) -> Split:
        inside = np.isin(split.labels, labels)
        return Split(split.images[inside], np.searchsorted(labels, split.labels[inside]))

    if not np.isin(dataset.test.labels, labels).any():
        raise OptionError(f"keep leaves no test image: no one is of {', '.join(keep)}")
    classes = tuple(dataset.classes[label] for label in labels)
    return replace(dataset, classes=classes, train=of(dataset.train), test=of(dataset.test))


def _warn_of_light(dataset: Dataset) -> None:
    """Warn of a part that is black or next to it, or of which all images are the same one."""
    for part, split in (("training", dataset.train), ("test", dataset.test)):
        images, problem = split.images, ""
        brightest = int(images.max())
        if not brightest:
            problem = "every one is black: nothing can be learnt"
        elif brightest <= DIM:
            problem = (
                f"the brightest pixel has the level {brightest} of 255; if that is meant to be "
                "white, scale them first"
            )
        elif len(images) > 1 and all((image == images[0]).all() for image in images):
            problem = "all are the same picture"
        if problem:
            message = f"of the {part} images of {dataset.name}, {problem}"
            warnings.warn(message, DataWarning, stacklevel=3)


def _paper(images: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the typical level of the borders of images, and their mean, of some hundreds."""
    images = images[:: max(1, len(images) // SAMPLE)]
    sides = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    return float(np.median(np.concatenate(sides, axis=1))), float(images.mean())
