"""Compares ways to train by cross-validation on MNIST's training set; never reads the test set.

    python scripts/study_training.py          all tables, about a quarter of an hour
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
from scipy.optimize import minimize, minimize_scalar
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits
from weight_measures import digit_likeness

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.datasets.load import load
from mnistviz.model.comparison import roughness
from mnistviz.model.fit import AveragedAdam, focus_in
from mnistviz.model.gradient import BatchGradient, batch_gradient, laplacian, penalty_gradient
from mnistviz.model.linear import LinearClassifier
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
    loss: str = "focus"  # or one of LOSSES, with its number: "truncated 0.02"
    extra: str = ""  # "shift 0.3", "scaled", "variation 1e-4", "seeds 5" or "teacher"

    def __str__(self):
        c = self.config
        if self.optimiser == "L-BFGS":
            steps = f"{c.epochs} iterations"
        else:
            steps = f"{self.schedule} {c.learning_rate:g}, batch {c.batch_size}, {c.epochs} epochs"
        penalty = f"{c.l2:g} | {c.smoothness:g} × order {self.order}"
        loss = f"focus {c.focus:g}" if self.loss == "focus" else self.loss
        what = f"{loss}, {self.extra}" if self.extra else loss
        return f"{what}, {self.optimiser}, {steps} | {self.average} | {penalty}"

    def number(self, name):
        """Return the number of this loss or extra, 0.0 if this way has it not."""
        found = [it.split()[1] for it in (self.loss, self.extra) if it.startswith(name + " ")]
        return float(found[0]) if found else 0.0


def way(
    optimiser="Adam", schedule="constant", average="lateness 3", order=2, loss="focus", extra="",
    **config,
):  # fmt: skip
    """Return the way of version 1, with cross-entropy, with these changes."""
    base = TrainingConfig(6, 512, 3e-2, 1e-5, 1e-4, focus=0.0)
    return Way(replace(base, **config), optimiser, schedule, average, order, loss, extra)


def sharp(loss="focus", extra="", **config):
    """Return a way with a loss that lets hopeless images go, which needs less of the penalties."""
    lighter = {"epochs": 10, "l2": 0.0, "smoothness": 2e-5} | config
    return way(loss=loss, extra=extra, **lighter)


# By how much each image's part in the cross-entropy's gradient is multiplied, from the probability
# of its class and a number.
LOSSES = {
    "generalised": lambda p, q: p**q,  # Zhang and Sabuncu 2018: (1 - p^q) / q
    "truncated": lambda p, c: np.minimum(1, p / c),  # its slope stays that of p = c
    "cut": lambda p, c: p > c,  # no slope below c
    "floor": lambda p, c: p / (p + c),  # -log(p + c): a share of the labels is random
    "focal": lambda p, g: (1 - p) ** g - g * p * (1 - p) ** (g - 1) * np.log(p),  # Lin et al. 2017
    "expected-errors": lambda p, _: p,  # 1 - p
    "doubt": lambda p, q: p**q * (1 - p),
}

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
    "other": (  # with cross-entropy or a margin
        way(), way(extra="shift 0.2"), way(extra="shift 0.5"), way(loss="soft-labels 0.05"),
        way(extra="scaled"), way(smoothness=3e-5, extra="scaled"),
        way(smoothness=0.0, extra="variation 1e-4"), way(smoothness=0.0, extra="variation 1e-3"),
        way(extra="seeds 5"), way(loss="margin 1"), way(loss="margin 2"), way(extra="teacher"),
        way(l2=0.0, smoothness=5e-5), way(l2=0.0, smoothness=5e-5, epochs=10),
    ),
    "losses": (
        way(loss="focal 2"), sharp("focal 2"), way(loss="generalised 0.3"),
        way(loss="truncated 0.05"), sharp("expected-errors 0"),
        *(sharp(f"generalised {q}") for q in (0.1, 0.2, 0.3, 0.6)),
        *(sharp(f"truncated {c}") for c in (0.01, 0.02, 0.05, 0.1)),
        sharp("cut 0.02"), *(sharp(f"floor {c}") for c in (0.01, 0.03, 0.1)),
        *(sharp(f"doubt {q}") for q in (0.1, 0.2, 0.3, 0.4)),
    ),
    "focus": (
        *(sharp(focus=f) for f in (0.0, 0.1, 0.2, 0.3, 0.4)),
    ),
    "chosen": tuple(
        Way(replace(TrainingConfig(), **change))
        for change in (
            {}, {"l2": 0.0}, {"l2": 1e-5}, {"smoothness": 1e-5}, {"smoothness": 1e-4},
            {"epochs": 6}, {"epochs": 20},
        )
    ),
}  # fmt: skip


def folds(split):
    """Yield the digits to train with and those to judge by, of each fold."""
    dealt = np.array_split(np.random.default_rng(7).permutation(len(split)), FOLDS)
    for number, held in enumerate(dealt):
        rest = np.concatenate(dealt[:number] + dealt[number + 1 :])
        yield [Split(split.images[rows], split.labels[rows]) for rows in (rest, held)]


def gradient(parameters, pixels, labels, way, targets=None):
    """Return loss and gradient, a mean over the images, penalties included."""
    weights = parameters[:-1]
    if way.loss == "focus" and targets is None:
        focus = way.config.focus
        found = batch_gradient(weights, parameters[-1], pixels, labels, focus)
    else:
        found = other_gradient(parameters, pixels, labels, way, targets)
    pull = pull_of(weights, way)
    loss = found.cross_entropy / len(labels) + 0.5 * float((weights * pull).sum())
    return loss, np.vstack([found.weights / len(labels) + pull, found.bias / len(labels)])


def other_gradient(parameters, pixels, labels, way, targets):
    """Return the gradient of one of LOSSES, of moved logits or of soft targets (n, classes)."""
    logits = pixels @ parameters[:-1] + parameters[-1]
    truth = np.arange(len(labels)), labels
    logits[truth] -= way.number("margin")
    errors = np.exp(logits - logits.max(axis=1, keepdims=True))
    errors /= errors.sum(axis=1, keepdims=True)
    if targets is None:
        softness = way.number("soft-labels")
        targets = np.full_like(errors, softness / CLASSES)
        targets[truth] += 1 - softness
    p = np.maximum(errors[truth], np.float32(1e-12))
    name = way.loss.split()[0]
    attention = LOSSES[name](p, way.number(name)) if name in LOSSES else 1
    errors = ((errors - targets).T * attention).astype(np.float32)
    return BatchGradient(0.0, 0, pixels.T @ errors.T, errors.sum(axis=1))


def shifted(pixels, amount, random):
    """Return a batch moved by one random sub-pixel shift down and across, by bilinear sampling."""
    images = pixels.reshape(-1, 28, 28)
    for axis in (1, 2):
        shift = random.normal(0, amount)
        whole = math.floor(shift)
        share = np.float32(shift - whole)
        images = (1 - share) * np.roll(images, whole, axis) + share * np.roll(
            images, whole + 1, axis
        )
    return images.reshape(pixels.shape)


def taught(pixels, labels, seed):
    """Return what a small network answers, softened: the targets (n, classes) of a distillation."""
    teacher = MLPClassifier(256, max_iter=10, random_state=seed).fit(pixels, labels)
    softened = np.sqrt(teacher.predict_proba(pixels))  # a temperature of 2
    return (softened / softened.sum(axis=1, keepdims=True)).astype(np.float32)


def pull_of(weights, way):
    """Return the penalty's gradient; ½·⟨W, pull⟩ is the penalty itself where it is quadratic."""
    if strength := way.number("variation"):
        framed = np.pad(weights.reshape(28, 28, -1), ((0, 1), (0, 1), (0, 0)))
        down, across = np.diff(framed, axis=0)[:, :-1], np.diff(framed, axis=1)[:-1]
        length = np.sqrt(down**2 + across**2 + np.float32(1e-4))
        down, across = (
            np.pad(down / length, ((1, 0), (0, 0), (0, 0))),
            np.pad(across / length, ((0, 0), (1, 0), (0, 0))),
        )
        pull = -strength * (np.diff(down, axis=0) + np.diff(across, axis=1))
        return pull.reshape(weights.shape)
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
    targets = taught(pixels, labels, seed) if way.extra == "teacher" else None
    if way.extra == "scaled":
        scale = pixels.std(axis=0) + 0.1
        pixels = pixels * (scale / scale.mean())
    for epoch in range(1, config.epochs + 1):
        now = replace(way, config=replace(config, focus=focus_in(epoch, config)))
        order = random.permutation(len(labels))
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            rate = config.learning_rate
            if way.schedule == "cosine":
                rate *= 0.5 * (1 + math.cos(math.pi * step / steps))
            batch = pixels[rows]
            if amount := way.number("shift"):
                batch = shifted(batch, amount, random)
            soft = None if targets is None else targets[rows]
            _, found = gradient(adam.parameters, batch, labels[rows], now, soft)
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
    found = averages.get(way.average, adam.average)
    if way.extra == "scaled":  # back to pixels: the scale is folded into the weights
        found[:-1] *= (scale / scale.mean())[:, None]
    return found


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


def calibration(parameters, pixels, labels):
    """Return the factor of all logits that minimises the cross-entropy: above 1, too unsure."""
    weights, bias = parameters[:-1], parameters[-1]

    def loss(logarithm):
        factor = np.float32(math.exp(logarithm))
        return batch_gradient(factor * weights, factor * bias, pixels, labels).cross_entropy

    found = minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 3e-3})
    return np.float32(math.exp(found.x))


def measured(way, train, validation, seed):
    """Return what the columns of the tables are, for one fold."""
    pixels = as_pixels(train.images)
    run = by_lbfgs if way.optimiser == "L-BFGS" else by_steps
    seeds = range(seed, seed + int(way.number("seeds") or 1))
    start = time.perf_counter()
    parameters = np.mean([run(way, pixels, train.labels, it) for it in seeds], axis=0)
    seconds = time.perf_counter() - start
    factor = calibration(parameters, pixels[:10_000], train.labels[:10_000])
    model = LinearClassifier(parameters[:-1], parameters[-1]).centred()
    pixels = as_pixels(validation.images)
    unseen = batch_gradient(model.weights, model.bias, pixels, validation.labels)
    calibrated = batch_gradient(
        factor * model.weights, factor * model.bias, pixels, validation.labels
    )
    probabilities = model.probabilities(pixels)
    sure, hit = probabilities.max(axis=1), probabilities.argmax(axis=1) == validation.labels
    bins = np.minimum((sure * 15).astype(int), 14)
    error = np.abs(np.bincount(bins, hit - sure, 15)).sum()
    n = len(validation)
    return (
        100 * unseen.correct / n, unseen.cross_entropy / n, 100 * error / n,
        factor, calibrated.cross_entropy / n,
        roughness(model, train.image_size), digit_likeness(model, train), seconds,
    )  # fmt: skip


def main():
    """Print the tables."""
    parts = list(folds(load().train))
    for name in sys.argv[1:] or TABLES:
        print(f"\n### {name}\n")
        print("| way | average | l2 | smoothness | accuracy, % | cross-entropy | ECE, % "
              "| factor | with it | roughness | likeness | s |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        for row in TABLES[name]:
            with threadpool_limits(1, "blas"):
                runs = [measured(row, *part, seed) for seed, part in enumerate(parts)]
            means = map(statistics.mean, zip(*runs, strict=True))
            cells = zip(
                means, (".2f", ".4f", ".2f", ".2f", ".4f", ".3f", ".2f", ".1f"), strict=True
            )
            print(f"| {row} | " + " | ".join(f"{v:{f}}" for v, f in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
