"""Compares ways to train by cross-validation on MNIST's training set; never reads the test set.

    python scripts/study_training.py          all tables, about five minutes
    python scripts/study_training.py penalty  one of them

The 60,000 training digits are dealt into six folds with a fixed seed; each row is the mean of six
fits, each of them judged by the fold that it has not seen. All ways share gradient and batches with
the package, on one thread, so that seconds compare.
"""

import math
import statistics
import sys
import time
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits
from weight_measures import digit_likeness

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.datasets.load import load
from mnistviz.model.comparison import roughness
from mnistviz.model.fit import AveragedAdam
from mnistviz.model.gradient import batch_gradient, laplacian, penalty_gradient
from mnistviz.model.softmax import SoftmaxRegression
from mnistviz.model.training_config import TrainingConfig

FOLDS = 6
CLASSES = 10


@dataclass(frozen=True)
class Way:
    """One way to train: a row of a table."""

    config: TrainingConfig = TrainingConfig()
    optimiser: str = "Adam"  # or "Nesterov", "L-BFGS"
    schedule: str = "constant"  # or "cosine", of the learning rate
    average: str = "lateness 3"  # or "none", "tail" (the second half's mean), "lateness N"
    order: int = 2  # of the differences that the smoothness is about

    def __str__(self):
        c = self.config
        if self.optimiser == "L-BFGS":
            steps = f"{c.epochs} iterations"
        else:
            steps = f"{self.schedule} {c.learning_rate:g}, batch {c.batch_size}, {c.epochs} epochs"
        penalty = f"{c.l2:g} | {c.smoothness:g} × order {self.order}"
        return f"{self.optimiser}, {steps} | {self.average} | {penalty}"


def way(optimiser="Adam", schedule="constant", average="lateness 3", order=2, **config):
    """Return the default way with these changes."""
    return Way(replace(TrainingConfig(), **config), optimiser, schedule, average, order)


TABLES = {
    "penalty": (
        way(smoothness=0.0, l2=0.0), way(smoothness=0.0, l2=1e-4), way(smoothness=0.0, l2=1e-3),
        *(way(order=1, smoothness=it) for it in (1e-4, 2.5e-4, 1e-3)),
        *(way(smoothness=it) for it in (1e-5, 3e-5, 1e-4, 2e-4, 1e-3)),
        way(l2=0.0), way(l2=3e-5), way(l2=1e-4),
    ),
    "optimiser": (
        way(),
        way(schedule="cosine", average="none"),
        way(schedule="cosine", average="none", epochs=12),
        way("Nesterov", "cosine", "none", learning_rate=0.1),
        way("Nesterov", "cosine", "none", learning_rate=0.1, batch_size=128),
        way("L-BFGS", average="none", epochs=150),
    ),
    "average": tuple(way(average=it) for it in
                     ("none", "tail", "lateness 1", "lateness 3", "lateness 8")),
    "rate": tuple(way(learning_rate=it) for it in (1e-2, 2e-2, 3e-2, 4e-2)),
    "batch": (
        way(batch_size=256), way(epochs=4), way(), way(epochs=10), way(batch_size=1024),
    ),
}  # fmt: skip


def folds(split):
    """Yield the digits to train with and those to judge by, of each fold."""
    dealt = np.array_split(np.random.default_rng(7).permutation(len(split)), FOLDS)
    for number, held in enumerate(dealt):
        rest = np.concatenate(dealt[:number] + dealt[number + 1 :])
        yield [Split(split.images[rows], split.labels[rows]) for rows in (rest, held)]


def gradient(parameters, pixels, labels, way):
    """Return loss and gradient, a mean over the images, penalties included."""
    weights = parameters[:-1]
    found = batch_gradient(weights, parameters[-1], pixels, labels)
    pull = pull_of(weights, way)
    loss = found.cross_entropy / len(labels) + 0.5 * float((weights * pull).sum())
    return loss, np.vstack([found.weights / len(labels) + pull, found.bias / len(labels)])


def pull_of(weights, way):
    """Return the penalty's gradient; it is quadratic: ½·⟨W, pull⟩ is the penalty itself."""
    if way.order == 2:
        return penalty_gradient(weights, (28, 28), way.config)
    grid = weights.reshape(28, 28, -1)
    pull = way.config.smoothness * laplacian(grid) + way.config.l2 * grid
    return pull.reshape(weights.shape)


def by_steps(way, pixels, labels, seed):
    """Return what stochastic steps come to, averaged as the way says."""
    config, random = way.config, np.random.default_rng(seed)
    steps = config.epochs * math.ceil(len(labels) / config.batch_size)
    adam = AveragedAdam(np.zeros((pixels.shape[1] + 1, CLASSES), np.float32), config.learning_rate)
    adam.lateness = int(way.average.split()[1]) if "lateness" in way.average else 0
    momentum, tail, step = np.zeros_like(adam.parameters), [], 0
    for _ in range(config.epochs):
        order = random.permutation(len(labels))
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            rate = config.learning_rate
            if way.schedule == "cosine":
                rate *= 0.5 * (1 + math.cos(math.pi * step / steps))
            _, found = gradient(adam.parameters, pixels[rows], labels[rows], way)
            if way.optimiser == "Adam":
                adam.learning_rate = rate
                adam.descend(found)
            else:
                momentum = 0.9 * momentum - rate * found
                adam.parameters += 0.9 * momentum - rate * found
            step += 1
            if way.average == "tail" and step > steps / 2:
                tail.append(adam.parameters.copy())
    averages = {"none": adam.parameters, "tail": np.mean(tail, axis=0) if tail else None}
    return averages.get(way.average, adam.average)


def by_lbfgs(way, pixels, labels, _seed):
    """Return what L-BFGS on the whole set comes to; it has no seed."""
    shape = pixels.shape[1] + 1, CLASSES

    def flat(point):
        loss, found = gradient(point.reshape(shape).astype(np.float32), pixels, labels, way)
        return loss, found.astype(np.float64).ravel()

    options = {"maxiter": way.config.epochs}
    start = np.zeros(math.prod(shape))
    found = minimize(flat, start, jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(shape).astype(np.float32)


def measured(way, train, validation, seed):
    """Return validation accuracy in %, cross-entropy, roughness, likeness and seconds."""
    pixels = as_pixels(train.images)
    run = by_lbfgs if way.optimiser == "L-BFGS" else by_steps
    start = time.perf_counter()
    parameters = run(way, pixels, train.labels, seed)
    seconds = time.perf_counter() - start
    model = SoftmaxRegression(parameters[:-1], parameters[-1]).centred()
    pixels = as_pixels(validation.images)
    unseen = batch_gradient(model.weights, model.bias, pixels, validation.labels)
    n = len(validation)
    return (
        100 * unseen.correct / n, unseen.cross_entropy / n,
        roughness(model, train.image_size), digit_likeness(model, train), seconds,
    )  # fmt: skip


def main():
    """Print the tables."""
    parts = list(folds(load().train))
    for name in sys.argv[1:] or TABLES:
        print(f"\n### {name}\n")
        print("| way | average | l2 | smoothness | accuracy, % | cross-entropy | roughness "
              "| likeness | s |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|---|")
        for row in TABLES[name]:
            with threadpool_limits(1, "blas"):
                runs = [measured(row, *part, seed) for seed, part in enumerate(parts)]
            means = map(statistics.mean, zip(*runs, strict=True))
            cells = zip(means, (".2f", ".4f", ".3f", ".2f", ".1f"), strict=True)
            print(f"| {row} | " + " | ".join(f"{v:{f}}" for v, f in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
