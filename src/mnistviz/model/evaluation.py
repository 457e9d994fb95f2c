"""The quality of a model on a test split: counts, shares and calibration."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.model.kind import SOFTMAX, Kind

BINS = 15  # of the reliability diagram
Z = 1.959964  # 97.5th percentile of the normal distribution: a two-sided 95 % interval


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of n independent cases.

    Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209-212), which also holds for few
    cases and for shares near 0 and 1.
    """
    middle = share + Z**2 / (2 * n)
    reach = Z * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    whole = 1 + Z**2 / n
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The quality of a model's predictions on a test split.

    Attributes
    ----------
    logits
        (n, classes) of the test images.
    labels
        (n,) their true classes.
    classes
        Names of the classes.
    dataset, noun
        Names of the set and of one image: 'MNIST', 'digit'.
    kind
        Of the model. Default: softmax regression.
    """

    logits: NDArray[np.floating]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    dataset: str = ""
    noun: str = "image"
    kind: Kind = SOFTMAX

    @cached_property
    def predicted(self) -> NDArray[np.intp]:
        """(n,) the class of the largest logit of each image."""
        predicted: NDArray[np.intp] = self.logits.argmax(axis=1)
        return predicted

    @cached_property
    def confidence(self) -> NDArray[np.float64]:
        """(n,) the probability of the predicted class; its lead on the second if there is none."""
        return self.kind.confidence(self.logits)

    @cached_property
    def cross_entropy(self) -> float | None:
        """Mean over the images, in nats; None of a model without probabilities."""
        if (logarithms := self.kind.log_probabilities(self.logits)) is None:
            return None
        true = logarithms[np.arange(self.images), self.labels]
        return float(abs(true).mean())  # a minus would make -0

    @property
    def images(self) -> int:
        """Number of images."""
        return len(self.labels)

    @cached_property
    def hits(self) -> NDArray[np.bool_]:
        """(n,) whether each image is predicted right."""
        hits: NDArray[np.bool_] = self.predicted == self.labels
        return hits

    @property
    def right(self) -> int:
        """Number of images that are predicted right."""
        return int(np.count_nonzero(self.hits))

    @property
    def accuracy(self) -> float:
        """Share of the images that are predicted right, in [0, 1]."""
        return self.right / self.images

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy's 95 % interval, taking the images for a sample of many more."""
        return wilson(self.accuracy, self.images)

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """(classes, classes) number of images by true class (row) and predicted class (column)."""
        counts = np.zeros((len(self.classes),) * 2, np.int64)
        np.add.at(counts, (self.labels, self.predicted), 1)
        return counts

    @property
    def recall(self) -> NDArray[np.float64]:
        """(classes,) share of each true class that is predicted right; NaN without images."""
        return _shares(self.confusion.diagonal(), self.confusion.sum(axis=1))

    @property
    def precision(self) -> NDArray[np.float64]:
        """(classes,) share of each predicted class that is right; NaN without predictions."""
        return _shares(self.confusion.diagonal(), self.confusion.sum(axis=0))

    @cached_property
    def reliability(self) -> "Reliability | None":
        """Confidence against accuracy, in bins; None of a model without probabilities."""
        return Reliability.of(self.confidence, self.hits) if self.kind.link else None

    @cached_property
    def mistakes(self) -> NDArray[np.int64]:
        """Indices of the images that are predicted wrong, the most confident first."""
        (wrong,) = np.nonzero(~self.hits)
        return wrong[np.argsort(-self.confidence[wrong], kind="stable")]

    @property
    def class_rows(self) -> list[tuple[str, int, float, float]]:
        """Name, images, precision and recall of each class; NaN is a share of nothing."""
        images = self.confusion.sum(axis=1)
        columns = (it.tolist() for it in (images, self.precision, self.recall))
        return list(zip(self.classes, *columns, strict=True))

    @property
    def mistake_rows(self) -> list[tuple[int, str, str, float]]:
        """Index, true class, predicted class and confidence of each of `mistakes`, in order."""
        sure, at = self.confidence[self.mistakes].tolist(), self.mistakes
        true, predicted = (
            [self.classes[k] for k in of[at]] for of in (self.labels, self.predicted)
        )
        return list(zip(at.tolist(), true, predicted, sure, strict=True))

    def as_json(self) -> dict[str, Any]:
        """Return the evaluation as values of JSON.

        A share of nothing is None, and so is what takes probabilities of a model without any.
        """
        bins = self.reliability
        rows = self.mistake_rows
        if bins is None:
            rows = [(*row[:3], math.nan) for row in rows]
        return {
            "dataset": self.dataset,
            "model": self.kind.name,
            "images": self.images,
            "right": self.right,
            "accuracy": self.accuracy,
            "accuracy_95_percent_interval": list(self.interval),
            "cross_entropy": self.cross_entropy,
            "expected_calibration_error": None if bins is None else bins.error,
            "classes": _records(self.class_rows, "name", "images", "precision", "recall"),
            "confusion": self.confusion.tolist(),
            "reliability": _records(bins.rows if bins else (), "images", "confidence", "accuracy"),
            "mistakes": _records(rows, "index", "true", "predicted", "confidence"),
        }


@dataclass(frozen=True, eq=False)
class Reliability:
    """Confidence against accuracy, in 15 equal bins of confidence.

    Attributes
    ----------
    images
        (15,) predictions in each bin; the first is (0, 1/15], the last (14/15, 1].
    confidence, accuracy
        (15,) mean of each bin, in [0, 1]; NaN where a bin is empty.
    """

    images: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    @classmethod
    def of(cls, confidence: NDArray[np.float64], hits: NDArray[np.bool_]) -> "Reliability":
        """Return the bins of predictions with these confidences, right or wrong."""
        which = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
        images = np.bincount(which, minlength=BINS)
        sums = [np.bincount(which, values, minlength=BINS) for values in (confidence, hits)]
        return cls(images, *(_shares(total, images) for total in sums))

    @property
    def error(self) -> float:
        """Expected calibration error, in [0, 1].

        The mean distance of a bin's accuracy from its confidence, weighted by the bins' images
        (Naeini, Cooper and Hauskrecht 2015, AAAI; Guo et al. 2017, ICML).
        """
        gaps = np.abs(self.accuracy - self.confidence)
        return float(np.nansum(gaps * self.images) / self.images.sum())

    @property
    def rows(self) -> list[tuple[int, float, float]]:
        """Images, confidence and accuracy of each bin."""
        columns = (it.tolist() for it in (self.images, self.confidence, self.accuracy))
        return list(zip(*columns, strict=True))


def _shares(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Return the quotients; NaN where the whole is 0."""
    shares = np.full(len(whole), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _records(rows: Sequence[tuple[Any, ...]], *names: str) -> list[dict[str, Any]]:
    """Return an object of JSON for each row; NaN, which JSON lacks, becomes None."""
    plain = ((None if value != value else value for value in row) for row in rows)
    return [dict(zip(names, row, strict=True)) for row in plain]
