"""How good a model is on a test split: counts, shares and calibration."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 15  # of the reliability diagram
Z = 1.959964  # 97.5th percentile of the normal distribution: a two-sided 95 % interval


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of n independent cases.

    Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209-212), which is good for few
    cases and for shares near 0 and 1, too.
    """
    middle = share + Z**2 / (2 * n)
    reach = Z * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    whole = 1 + Z**2 / n
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a model's predictions on a test split come to. Compare shares, not single images.

    Attributes
    ----------
    dataset, noun
        What the set is called, and what one image is: 'MNIST', 'digit'.
    classes
        Names of the classes.
    labels, predicted
        (n,) the true class of each image, and that of its largest logit.
    confidence
        (n,) float64: the softmax of the predicted class, in (0, 1].
    cross_entropy
        Mean over the images, in nats.
    """

    dataset: str
    noun: str
    classes: tuple[str, ...]
    labels: NDArray[np.int64]
    predicted: NDArray[np.intp]
    confidence: NDArray[np.float64]
    cross_entropy: float

    @classmethod
    def of(
        cls,
        logits: NDArray[np.floating],
        labels: NDArray[np.int64],
        classes: tuple[str, ...],
        dataset: str = "",
        noun: str = "image",
    ) -> "Evaluation":
        """Return what logits (n, classes) come to, where the true classes are labels (n,)."""
        scores = logits.astype(np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        totals = np.exp(scores).sum(axis=1)
        losses = np.log(totals) - scores[np.arange(len(labels)), labels]
        predicted = logits.argmax(axis=1)
        return cls(dataset, noun, classes, labels, predicted, 1 / totals, float(losses.mean()))

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
        """The accuracy's 95 % interval, were the images a sample of many more."""
        return wilson(self.accuracy, self.images)

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """(classes, classes) images of each true class, by row, that are taken for each, across."""
        counts = np.zeros((len(self.classes),) * 2, np.int64)
        np.add.at(counts, (self.labels, self.predicted), 1)
        return counts

    @property
    def recall(self) -> NDArray[np.float64]:
        """(classes,) share of each class's images that are found; NaN where there are none."""
        return _shares(self.confusion.diagonal(), self.confusion.sum(axis=1))

    @property
    def precision(self) -> NDArray[np.float64]:
        """(classes,) share of what is taken for each class that is of it; NaN if nothing is."""
        return _shares(self.confusion.diagonal(), self.confusion.sum(axis=0))

    @cached_property
    def reliability(self) -> "Reliability":
        """How confident the predictions are, and how often they are right."""
        return Reliability.of(self.confidence, self.hits)

    @cached_property
    def mistakes(self) -> NDArray[np.int64]:
        """Indices of the images that are predicted wrong, the most confident first."""
        (wrong,) = np.nonzero(~self.hits)
        return wrong[np.argsort(-self.confidence[wrong], kind="stable")]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON knows it; what is not defined is None."""
        low, high = self.interval
        return {
            "dataset": self.dataset,
            "images": self.images,
            "right": self.right,
            "accuracy": self.accuracy,
            "accuracy_95_percent_interval": [low, high],
            "cross_entropy": self.cross_entropy,
            "expected_calibration_error": self.reliability.error,
            "classes": [
                {"name": name, "images": int(images), "precision": _known(p), "recall": _known(r)}
                for name, images, p, r in zip(
                    self.classes, self.confusion.sum(axis=1), self.precision, self.recall,
                    strict=True,
                )
            ],
            "confusion": self.confusion.tolist(),
            "reliability": self.reliability.as_json(),
            "mistakes": [
                {
                    "index": int(index),
                    "true": self.classes[self.labels[index]],
                    "predicted": self.classes[self.predicted[index]],
                    "confidence": float(self.confidence[index]),
                }
                for index in self.mistakes
            ],
        }  # fmt: skip


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
        """Return the bins of predictions."""
        which = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
        images = np.bincount(which, minlength=BINS)
        sums = [np.bincount(which, values, minlength=BINS) for values in (confidence, hits)]
        return cls(images, *(_shares(total, images) for total in sums))

    @property
    def error(self) -> float:
        """Expected calibration error, in [0, 1].

        The mean distance of a bin's accuracy from its confidence, each bin weighing as many as it
        has images (Naeini, Cooper and Hauskrecht 2015, AAAI; Guo et al. 2017, ICML).
        """
        gaps = np.abs(self.accuracy - self.confidence)
        return float(np.nansum(gaps * self.images) / self.images.sum())

    def as_json(self) -> list[dict[str, Any]]:
        """Return the bins as JSON knows them."""
        columns = (self.images.tolist(), self.confidence.tolist(), self.accuracy.tolist())
        return [
            {"images": images, "confidence": _known(confidence), "accuracy": _known(accuracy)}
            for images, confidence, accuracy in zip(*columns, strict=True)
        ]


def _shares(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Return the quotients; NaN where there is no whole."""
    shares = np.full(len(whole), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
