"""The loss of softmax regression and its gradient: cross-entropy, and penalties on the weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import TrainingConfig


@dataclass(frozen=True)
class Slope:
    """What a batch says about the weights."""

    cross_entropy: float  # nats, summed over the images
    correct: int  # images
    weights: NDArray[Any]  # (pixels, classes): derivative of that cross-entropy
    bias: NDArray[Any]  # (classes,)

    def __add__(self, other: "Slope") -> "Slope":
        """Return what both batches together say."""
        return Slope(
            self.cross_entropy + other.cross_entropy,
            self.correct + other.correct,
            self.weights + other.weights,
            self.bias + other.bias,
        )


def slope(
    weights: NDArray[Any], bias: NDArray[Any], pixels: NDArray[Any], labels: NDArray[Any]
) -> Slope:
    """Return cross-entropy, hits and gradient of a batch, summed, in the weights' floating type.

    Parameters
    ----------
    weights, bias
        (pixels, classes) and (classes,).
    pixels
        (n, pixels) in [0, 1].
    labels
        (n,) integers below classes.
    """
    # One row a class: NumPy reduces over the long axis several times as fast.
    logits = np.ascontiguousarray((pixels @ weights + bias).T)
    truth = labels, np.arange(len(labels))
    correct = int(np.count_nonzero(logits.argmax(axis=0) == labels))
    logits -= logits.max(axis=0)
    own = logits[truth]
    errors = np.exp(logits, out=logits)
    totals = errors.sum(axis=0)
    cross_entropy = float((np.log(totals) - own).sum())
    errors /= totals
    errors[truth] -= 1
    return Slope(cross_entropy, correct, pixels.T @ errors.T, errors.sum(axis=1))


def penalty_slope(
    weights: NDArray[Any], image_size: tuple[int, int], config: TrainingConfig
) -> NDArray[Any]:
    """Return the gradient of ½·l2·‖W‖² + ½·smoothness·‖∇W‖².

    ∇W are the differences between neighbouring pixels, down and across. Beyond the borders the
    weights count as zero, so that they fade to 'no opinion' where images have nothing to say. The
    second term's gradient is then smoothness times the Laplacian of the grid.

    Parameters
    ----------
    weights
        (height × width, classes).
    image_size
        Height and width, in pixels.
    config
        Gives l2 and smoothness.

    Returns
    -------
    NDArray
        (height × width, classes), in the weights' type.
    """
    height, width = image_size
    framed = np.zeros((height + 2, width + 2, weights.shape[1]), weights.dtype)
    grid = framed[1:-1, 1:-1]
    grid[:] = weights.reshape(grid.shape)
    laplacian = 4 * grid - framed[2:, 1:-1] - framed[:-2, 1:-1]
    laplacian -= framed[1:-1, 2:] + framed[1:-1, :-2]
    gradient: NDArray[Any] = config.smoothness * laplacian + config.l2 * grid
    return gradient.reshape(weights.shape)
