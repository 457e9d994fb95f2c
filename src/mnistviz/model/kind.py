"""Kinds of linear classifiers, and the probabilities that some of them have."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the probabilities of logits (…, classes): float64 in [0, 1], of sum 1 over classes.

    The maximum is subtracted first, so that no exponential overflows.
    """
    scores = logits.astype(np.float64)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def log_softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the natural logarithm of the softmax, finite where the softmax rounds to 0."""
    scores = logits.astype(np.float64)
    scores -= scores.max(axis=-1, keepdims=True)
    logarithms: NDArray[np.float64] = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return logarithms


@dataclass(frozen=True)
class Kind:
    """A kind of linear classifier.

    Attributes
    ----------
    key
        What options and files call it, one of `config.MODEL_KINDS`.
    name
        What it is called.
    link
        How its scores become probabilities: by the 'softmax'; or 'logistic', each score by the
        logistic function, and their shares of the sum, as scikit-learn's one-vs-rest classifiers
        have it; or not at all, empty: it has scores alone.
    """

    key: str
    name: str
    link: str = ""

    def probabilities(self, scores: NDArray[np.floating]) -> NDArray[np.float64] | None:
        """Return the probabilities of scores (…, classes), in [0, 1]; None if it has none."""
        return softmax(self._logits(scores)) if self.link else None

    def log_probabilities(self, scores: NDArray[np.floating]) -> NDArray[np.float64] | None:
        """Return the natural logarithm of the probabilities; None if it has none."""
        return log_softmax(self._logits(scores)) if self.link else None

    def confidence(self, scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return (n,) how sure the predictions of scores (n, classes) are, to put them in order.

        The probability of the predicted class, or its lead on the second where there is none.
        """
        if (probabilities := self.probabilities(scores)) is not None:
            confidence: NDArray[np.float64] = probabilities.max(axis=1)
            return confidence
        highest = np.partition(scores.astype(np.float64), -2, axis=1)[:, -2:]
        lead: NDArray[np.float64] = highest[:, 1] - highest[:, 0]
        return lead

    def _logits(self, scores: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return numbers whose softmax are the probabilities."""
        if self.link == "softmax":
            return scores
        # The softmax of logarithms is the share of each; that of the logistic function
        # of s is −log(1 + exp(−s)).
        return -np.logaddexp(0, -scores.astype(np.float64))


KINDS = {
    kind.key: kind
    for kind in (
        Kind("softmax", "softmax regression", "softmax"),
        Kind("logistic", "one-vs-rest logistic regression", "logistic"),
        Kind("svm", "linear SVM"),
        Kind("ridge", "ridge classifier"),
        Kind("perceptron", "perceptron"),
        Kind("lda", "linear discriminant analysis", "softmax"),
        Kind("linear", "linear classifier"),
    )
}
"""The kinds by their keys."""

SOFTMAX = KINDS["softmax"]
