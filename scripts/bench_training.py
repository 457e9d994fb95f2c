"""Compares the default training with scikit-learn's LogisticRegression on MNIST.

    python scripts/bench_training.py         the comparison, about a minute
    python scripts/bench_training.py --dial  the range of --smoothness, and docs/smoothness.png

Every fit runs in a process of its own, whose peak of memory includes Python, its packages and the
data. The two ways take turns, so that other load on the machine disturbs both alike.
"""

import importlib.metadata
import json
import math
import platform
import resource
import statistics
import subprocess
import sys
import time

import numpy as np
from threadpoolctl import threadpool_limits
from weight_measures import digit_likeness

from mnistviz.datasets.dataset import as_pixels
from mnistviz.datasets.load import load
from mnistviz.model.comparison import roughness
from mnistviz.model.fit import fit
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.training_config import TrainingConfig

SEEDS = range(5)
ROUNDS_OF_OTHERS = 3
DIAL = (0.0, *(10 ** (half / 2) for half in range(-12, -3)))  # 1e-6 to 1e-2 in half-decades


def ours(dataset, argument):
    """Return the default model of a seed, and the seconds of the fit."""
    start = time.perf_counter()
    model = fit(dataset.train, len(dataset.classes), TrainingConfig(seed=int(argument)))
    return model, time.perf_counter() - start


def others(dataset, argument):
    """Return scikit-learn's model after so many iterations, with so much weight decay."""
    from sklearn.linear_model import LogisticRegression  # its memory is no other's

    iterations, l2 = argument.split(",")
    n = len(dataset.train)
    strength = 1.0 if l2 == "default" else 1 / (n * float(l2))
    pixels, labels = as_pixels(dataset.train.images), dataset.train.labels
    start = time.perf_counter()
    estimator = LogisticRegression(max_iter=int(iterations), C=strength).fit(pixels, labels)
    seconds = time.perf_counter() - start
    weights = np.ascontiguousarray(estimator.coef_.T, np.float32)
    return LinearClassifier(weights, estimator.intercept_.astype(np.float32)), seconds


def measured(dataset, model, seconds):
    """Return the measurements of a fit; the memory peak is taken first."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts kibibytes
    with threadpool_limits(1, "blas"):
        right = model.predict(as_pixels(dataset.test.images)) == dataset.test.labels
    return {
        "accuracy": 100 * float(right.mean()),
        "roughness": roughness(model, dataset.train.image_size),
        "likeness": digit_likeness(model, dataset.train),
        "seconds": seconds,
        "MiB": peak / 2**20,
        "of the data": peak / (dataset.train.images.size * 4),
    }


def in_a_process(way, argument):
    """Return what a fit in a fresh process measures."""
    command = [sys.executable, "-W", "ignore", __file__, way, str(argument)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def compare():
    """Print the comparison as a Markdown table."""
    mine, theirs = [], []
    for seed in SEEDS:
        mine.append(in_a_process("ours", seed))
        if len(theirs) < ROUNDS_OF_OTHERS:
            theirs.append(in_a_process("others", "100,default"))
    optimum = [in_a_process("others", "1000,1e-5")]
    print("| | test accuracy, %: mean (least–most) | roughness | likeness | s, median (least–most) "
          "| peak, MiB | peak / data |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    print(row(f"mnistviz, {len(mine)} seeds", mine))
    print(row("scikit-learn, `max_iter=100`", theirs))
    print(row("the plain optimum: scikit-learn, `max_iter=1000`, l2 1e-5", optimum))
    ratio = statistics.median(it["seconds"] for it in theirs)
    ratio /= statistics.median(it["seconds"] for it in mine)
    print(f"\nscikit-learn `max_iter=100` / mnistviz: {ratio:.1f} times the seconds")
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, "
          f"scikit-learn {importlib.metadata.version('scikit-learn')}")  # fmt: skip


def row(name, runs):
    """Return a row of the table."""

    def of(measure):
        return [run[measure] for run in runs]

    accuracy, seconds = of("accuracy"), of("seconds")
    return (
        f"| {name} | {statistics.mean(accuracy):.2f} ({min(accuracy):.2f}–{max(accuracy):.2f}) | "
        f"{min(of('roughness')):.3f}–{max(of('roughness')):.3f} | "
        f"{statistics.mean(of('likeness')):.2f} | "
        f"{statistics.median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f}) | "
        f"{max(of('MiB')):.0f} | {max(of('of the data')):.2f} |"
    )


def turn_the_dial():
    """Print the range of smoothness as a Markdown table, and draw it."""
    from smoothness_plot import draw

    dataset, points = load(), []
    print("| smoothness | test accuracy, % | roughness | likeness |")
    print("|---|---|---|---|")
    for smoothness in DIAL:
        config = TrainingConfig(smoothness=smoothness)
        model = fit(dataset.train, len(dataset.classes), config)
        found = measured(dataset, model, math.nan)
        print(f"| {smoothness:.2g} | {found['accuracy']:.2f} | {found['roughness']:.3f} | "
              f"{found['likeness']:.2f} |", flush=True)  # fmt: skip
        points.append((smoothness, found, model.weights.T.reshape(-1, *dataset.train.image_size)))
    draw(points)


def main():
    """Compare, turn the dial, or be one fit."""
    match sys.argv[1:]:
        case []:
            compare()
        case ["--dial"]:
            turn_the_dial()
        case [("ours" | "others") as way, argument]:
            dataset = load()
            model, seconds = {"ours": ours, "others": others}[way](dataset, argument)
            print(json.dumps(measured(dataset, model, seconds)))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
