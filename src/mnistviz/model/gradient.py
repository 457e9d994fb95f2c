"""The loss of softmax regression and its gradient: cross-entropy, and penalties on the weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.model.training_config import TrainingConfig


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
    """Return the gradient of ½·l2·‖W‖² + ½·smoothness·‖ΔW‖².

    ΔW is the Laplacian of the grid of each class: the discrete thin-plate penalty, which resists
    bending, not slope. Beyond the borders the weights count as zero, so that they fade to 'no
    opinion' where images have nothing to say.

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
    grid = weights.reshape(*image_size, -1)
    bending = laplacian(laplacian(grid))  # it is its own transpose
    gradient: NDArray[Any] = config.smoothness * bending + config.l2 * grid
    return gradient.reshape(weights.shape)


def laplacian(grid: NDArray[Any]) -> NDArray[Any]:
    """Return four times each value less its neighbours down and across; zero is beyond borders.

    Parameters
    ----------
    grid
        (height, width, classes).
    """
    height, width, classes = grid.shape
    framed = np.zeros((height + 2, width + 2, classes), grid.dtype)
    framed[1:-1, 1:-1] = grid
    difference: NDArray[Any] = 4 * grid - framed[2:, 1:-1] - framed[:-2, 1:-1]
    difference -= framed[1:-1, 2:] + framed[1:-1, :-2]
    return difference
