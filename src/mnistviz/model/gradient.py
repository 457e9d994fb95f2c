"""The loss of softmax regression and its gradient: of each image, and penalties on the weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.model.training_config import TrainingConfig


@dataclass(frozen=True)
class BatchGradient:
    """Loss, hits and gradient, summed over the images of a batch."""

    cross_entropy: float  # nats
    correct: int  # images
    weights: NDArray[Any]  # (pixels, classes): derivative of the loss
    bias: NDArray[Any]  # (classes,), likewise

    def __add__(self, other: "BatchGradient") -> "BatchGradient":
        """Return the sums over both batches."""
        return BatchGradient(
            self.cross_entropy + other.cross_entropy,
            self.correct + other.correct,
            self.weights + other.weights,
            self.bias + other.bias,
        )


# How fast the attention falls towards images that are right for sure. Less of it, and the
# probabilities come out too high; more, too low: `docs/training.md` has the measurements.
SURE = 2


def batch_gradient(
    weights: NDArray[Any],
    bias: NDArray[Any],
    pixels: NDArray[Any],
    labels: NDArray[Any],
    focus: float = 0.0,
) -> BatchGradient:
    """Return cross-entropy, hits and gradient of a batch, in the weights' floating type.

    Parameters
    ----------
    weights
        (pixels, classes).
    bias
        (classes,).
    pixels
        (n, pixels) in [0, 1].
    labels
        (n,) integers below classes.
    focus
        0 for the gradient of the cross-entropy. More than 0, f, for that of the loss that falls
        with the probability p of the true class as p^(f - 1) · (1 - p)^(2 f): each image's part in
        the gradient of the cross-entropy is multiplied by (p · (1 - p)²)^f.
    """
    # The softmax is in place, in this type, with one row a class: several times as fast as
    # `softmax`, and most of the training's time.
    logits = np.ascontiguousarray((pixels @ weights + bias).T)
    truth = labels, np.arange(len(labels))
    correct = int(np.count_nonzero(logits.argmax(axis=0) == labels))
    logits -= logits.max(axis=0)
    true_logits = logits[truth]
    errors = np.exp(logits, out=logits)
    totals = errors.sum(axis=0)
    surprise = np.log(totals) - true_logits  # -log p
    cross_entropy = float(surprise.sum())
    errors /= totals
    attention = np.exp(-focus * surprise) * (1 - errors[truth]) ** (SURE * focus) if focus else 1
    errors[truth] -= 1
    errors *= attention
    return BatchGradient(cross_entropy, correct, pixels.T @ errors.T, errors.sum(axis=1))


def penalty_gradient(
    weights: NDArray[Any], image_size: tuple[int, int], config: TrainingConfig
) -> NDArray[Any]:
    """Return the gradient of ½·l2·‖W‖² + ½·smoothness·‖ΔW‖².

    ΔW is the Laplacian of each class's image of weights: the discrete thin-plate penalty, which
    resists bending, not slope. Beyond the borders the weights count as zero, so that they fade to
    zero where all images are empty.

    Weights and gradient are (height × width, classes), of one type; image_size is (height, width).
    """
    grid = weights.reshape(*image_size, -1)
    bending = laplacian(laplacian(grid))  # the Laplacian is its own transpose
    gradient: NDArray[Any] = config.smoothness * bending + config.l2 * grid
    return gradient.reshape(weights.shape)


def laplacian(grid: NDArray[Any]) -> NDArray[Any]:
    """Return 4 × value − its four neighbours of a (height, width, classes) grid; zero is beyond."""
    height, width, classes = grid.shape
    framed = np.zeros((height + 2, width + 2, classes), grid.dtype)
    framed[1:-1, 1:-1] = grid
    difference: NDArray[Any] = 4 * grid - framed[2:, 1:-1] - framed[:-2, 1:-1]
    difference -= framed[1:-1, 2:] + framed[1:-1, :-2]
    return difference
