"""Measures how long a CSV of MNIST's size takes to read, as a ratio to pandas' `read_csv`.

    pip install pandas
    python scripts/bench_data.py --rounds 3

The file has 60,000 rows of a label and 784 pixels, as Kaggle has MNIST. Each round reads it in
both ways, one after the other; the lowest times count. pandas returns a table, mnistviz a data set
with its classes, its test images put aside.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

import mnistviz


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    try:
        import pandas
    except ImportError:
        print("needs pandas: pip install pandas", file=sys.stderr)
        return 1
    train = mnistviz.load().train
    rows = np.column_stack([train.labels, train.images.reshape(len(train), -1)])
    header = ",".join(["label", *(f"pixel{place}" for place in range(784))])
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that test images are put aside
        path = Path(folder, "train.csv")
        np.savetxt(path, rows, "%d", ",", header=header, comments="")
        times = [
            (seconds(lambda: pandas.read_csv(path)), seconds(lambda: mnistviz.load(path)))
            for _ in range(asked.rounds)
        ]
    theirs, ours = (min(column) for column in zip(*times, strict=True))
    print(f"pandas {theirs:.2f} s, mnistviz {ours:.2f} s: {ours / theirs:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
