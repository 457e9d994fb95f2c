"""How much weights are like their digits: a figure of docs/training.md."""

import numpy as np

from mnistviz.datasets.dataset import as_pixels


def digit_likeness(model, train):
    """Return the mean over the classes of the cosine between weights and class picture.

    The class picture is the mean of the class's training images minus the mean over the classes of
    those means; the weights are centred likewise. 1 is a template of the class, 0 is no likeness.
    """
    pictures = _centred(class_means(train, model.weights.shape[1]))
    weights = _centred(model.weights)
    norms = np.linalg.norm(weights, axis=0) * np.linalg.norm(pictures, axis=0)
    return float(((weights * pictures).sum(axis=0) / norms).mean())


def class_means(train, classes):
    """Return the mean image of each class, (pixels, classes) in [0, 1]."""
    of_class = [as_pixels(train.images[train.labels == k]) for k in range(classes)]
    return np.stack([pixels.mean(axis=0, dtype=np.float64) for pixels in of_class], axis=1)


def _centred(columns):
    return columns - columns.mean(axis=1, keepdims=True, dtype=np.float64)
