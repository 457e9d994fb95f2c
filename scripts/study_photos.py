"""Measures how many test digits are still read right in photos in bad light, made on purpose.

    python scripts/study_photos.py --digits 200

Prints a table in Markdown: for each kind of light and each of three strengths the share of digits
that are read right, of those that the network reads right as they are in the data set: before the
light is evened out (`image_form` alone), and as the command line reads them (`find_drawings`).
Then how many are read wrong without a warning, and how many right with one.
"""

import argparse
import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import mnistviz
from mnistviz.datasets.dataset import as_pixels
from mnistviz.datasets.mnist_form import form_of_ink, image_form
from mnistviz.datasets.photo import find_drawings
from mnistviz.errors import DataError
from mnistviz.film.own_answers import SURE
from photos import KINDS, STRENGTHS, photo

SIZE = (28, 28)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    digits = mnistviz.load()
    model = mnistviz.train(digits).model

    def sure(image: np.ndarray) -> tuple[int, bool]:
        (shares,) = model.probabilities(as_pixels(image[None]))
        return int(shares.argmax()), bool(shares.max() >= SURE)

    def read(image: np.ndarray) -> int:
        return sure(image)[0]

    test = digits.test
    clean = (place for place in range(len(test)) if read(test.images[place]) == test.labels[place])
    chosen = [next(clean) for _ in range(asked.digits)]
    silent = 0
    print("| light | right before | right after | wrong without a warning | right with one |")
    print("|---|---|---|---|---|")
    for kind in KINDS:
        columns: tuple[list[str], ...] = ([], [], [], [])
        for strength in STRENGTHS:
            dice, counts = np.random.default_rng(asked.seed + strength), np.zeros(4, int)
            for place in chosen:
                data, label = photo(test.images[place], kind, strength, dice), test.labels[place]
                rgba = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
                counts[0] += read(image_form(rgba, SIZE)) == label
                try:
                    found = find_drawings(rgba)
                except DataError:  # which says so
                    continue
                said, is_sure = sure(form_of_ink(found.inks[0], SIZE))
                right = len(found.inks) == 1 and said == label
                warned = len(found.inks) > 1 or bool(found.doubts) or not is_sure
                counts += (0, right, not right and not warned, right and warned)
            for shares, count in zip(columns, counts / len(chosen), strict=True):
                shares.append(f"{100 * count:.0f} %")
            silent += counts[2]
        print("|", " | ".join([kind, *(", ".join(it) for it in columns)]), "|")
    photos = len(chosen) * len(KINDS) * len(STRENGTHS)
    share = 100 * silent / photos
    print(f"\n{photos:,} photos of {len(chosen)} digits; {share:.1f} % wrong without a warning")


if __name__ == "__main__":
    main()
