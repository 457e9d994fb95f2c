"""Warns of an imported model that would do far better if it were read in another way."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.config import PIXEL_ORDERS
from mnistviz.datasets.dataset import Dataset, Split, as_pixels
from mnistviz.errors import ModelWarning
from mnistviz.model.foreign import LinearWeights

TRIED, MEASURED = 2000, 10_000  # most images: of the test split, and of the training split
FAR = 0.02  # share of the images that must become right
ALIKE = 0.01  # share of the images: of readings as good as that, the first is the likely one
CERTAIN = 3.3  # standard errors of the difference: it is chance in fewer than 1 case of 1,000


FAR_STANDARDISED = 0.1  # of the weights of a model that was not, standardising mends some noise


FAR_ORDERED = 0.1  # the best order of the classes always gains some
LIKELY = 0.5  # least share that is right of a reading that is advised


class Reading(NamedTuple):
    """A way to read a model.

    Attributes
    ----------
    inputs
        What it says of the model's inputs.
    options
        What to give for it.
    changes
        Of the fields of `LinearWeights`.
    far
        Share of the images that must become right, for it to be likely.
    """

    inputs: str
    options: str
    changes: dict[str, Any]
    far: float = FAR


GIVEN = Reading("", "", {}, 0.0)


def warn_of_better(given: LinearWeights, dataset: Dataset) -> None:
    """Warn with a `ModelWarning` if a usual reading of the weights is right far more often.

    Tried are the usual scales of pixels, images column by column, and classes in another order:
    on at most 2,000 test images, and the best of them on all. The means and deviations of pixels
    are of at most 10,000 training images.
    """
    test, some = dataset.test, _some(dataset.test, TRIED)
    classes = len(dataset.classes)

    def predicted(split: Split, reading: Reading) -> NDArray[np.intp]:
        weights = replace(given, **reading.changes)
        model = weights.fitted(dataset.classes, split.image_size)
        with threadpool_limits(1, "blas"):
            return model.predict(as_pixels(split.images))

    found: list[tuple[float, Reading, bool]] = []  # share that is right, less what makes it likely
    for reading in (GIVEN, *_readings(given, dataset)):
        answers = predicted(some, reading)
        order = _order(answers, some.labels, classes)
        for reordered in (False, True):
            hits = (order[answers] if reordered else answers) == some.labels
            found.append((hits.mean() - reading.far - FAR_ORDERED * reordered, reading, reordered))
    likely = max(share for share, *_ in found) - ALIKE
    best, reordered = next((it, other) for share, it, other in found if share >= likely)
    answers = predicted(test, best)
    order = _order(answers, test.labels, classes) if reordered else np.arange(classes)
    before, after = predicted(test, GIVEN) == test.labels, order[answers] == test.labels
    if after.mean() < LIKELY or not _far_better(before, after, best.far or FAR):
        return
    inputs, options = [best.inputs], [best.options]
    if reordered:
        names = [""] * classes
        for column, label in zip(given.places(dataset.classes), order, strict=True):
            names[column] = dataset.classes[label]
        inputs.append("its classes are in another order")
        options.append(f"--class-order {','.join(names)}")
    warnings.warn(
        f"{given.source} is right on {100 * before.mean():.1f} % of {len(test):,} test "
        f"{dataset.noun}s, but on {100 * after.mean():.1f} % if "
        f"{' and '.join(filter(None, inputs))}. If that is so, give "
        f"{' '.join(filter(None, options))}; in Python, the arguments of the same names.",
        ModelWarning,
        stacklevel=2,
    )


def _some(split: Split, most: int) -> Split:
    """Return at most so many images of a split, evenly apart."""
    places = np.linspace(0, len(split) - 1, min(most, len(split))).astype(int)
    return Split(split.images[places], split.labels[places])


def _readings(given: LinearWeights, dataset: Dataset) -> Iterator[Reading]:
    """Yield the usual ways in which pixels are scaled and ordered before a training."""
    trained = as_pixels(_some(dataset.train, MEASURED).images).astype(np.float64)
    mean, deviation = trained.mean(), trained.std() or 1.0
    means, deviations = trained.mean(axis=0), trained.std(axis=0)
    deviations[deviations == 0] = 1  # as StandardScaler has it
    standard = 1 / deviations
    scales: tuple[tuple[str, str, Any, Any], ...] = (
        ("are from 0 to 1", "--input-scale 1 --input-shift 0", 1.0, 0.0),
        ("are from 0 to 255", "--input-scale 255", 255.0, 0.0),
        ("are from −1 to 1", "--input-scale 2 --input-shift=-1", 2.0, -1.0),
        (
            "are less their mean and divided by their deviation",
            f"--input-scale {1 / deviation:.5f} --input-shift={-mean / deviation:.5f}",
            1 / deviation,
            -mean / deviation,
        ),
        (
            "are standardised pixel by pixel",
            "--input-scale scale.npy --input-shift shift.npy, as docs/own-weights.md makes them of "
            "its StandardScaler",
            standard,
            -means * standard,
        ),
        ("are from 1, blank, to 0, ink", "--input-scale=-1 --input-shift 1", -1.0, 1.0),
        ("are from 255, blank, to 0, ink", "--input-scale=-255 --input-shift 255", -255.0, 255.0),
    )
    for order in PIXEL_ORDERS:
        by, option = "", ""
        if order != given.pixel_order:
            by, option = f"its images run {order[:-1]} by {order[:-1]}", f"--pixel-order {order}"
            yield Reading(by, option, {"pixel_order": order})
        for words, options, scale, shift in scales:
            yield Reading(
                " and ".join(filter(None, (f"its inputs {words}", by))),
                " ".join(filter(None, (option, options))),
                {"input_scale": scale, "input_shift": shift, "pixel_order": order},
                FAR_STANDARDISED if scale is standard else FAR,
            )


def _order(predicted: NDArray[Any], labels: NDArray[Any], classes: int) -> NDArray[np.intp]:
    """Return the class that each column of the weights most likely stands for, each once."""
    counts = np.zeros((classes, classes))
    np.add.at(counts, (predicted, labels), 1)
    order = np.zeros(classes, np.intp)
    for _ in range(classes):
        column, label = np.unravel_index(counts.argmax(), counts.shape)
        order[column] = label
        counts[column], counts[:, label] = -1, -1
    return order


def _far_better(before: NDArray[np.bool_], after: NDArray[np.bool_], far: float) -> bool:
    """Whether more images are right than chance explains, by the sign test of McNemar (1947)."""
    gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
    lead = gained - lost
    return bool(lead > far * len(before) and lead > CERTAIN * np.sqrt(gained + lost))
