"""Draws the pictures of docs/gallery.md by its commands, and every look of a digit on one sheet.

Each picture of the sheet, docs/gallery.png, is titled with its options.

python scripts/gallery.py
"""

import shlex
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image

import mnistviz
from mnistviz.config import BAR_KINDS, PALETTE_NAMES, SIZES, THEME_NAMES, WEIGHT_COLOURS
from mnistviz.errors import OptionError

DOCS = Path(__file__).parents[1] / "docs"
SHEET = DOCS / "gallery.png"
INDEX = 8  # a 5 that is taken for a 6
GAP, GROUND = 12, (128, 128, 128)
HALF = 2  # of their size, in which the sheet shows them


def looks():
    """Yield a row of looks for each theme, and one of the other sizes."""
    for theme in THEME_NAMES:
        yield [
            {"theme": theme, "palette": palette, "weights": weights, "bars": bars}
            for (palette, bars), weights in product(
                zip(PALETTE_NAMES, BAR_KINDS, strict=True), WEIGHT_COLOURS
            )
        ]
    vertical = {"size": "vertical"}
    yield [
        vertical,
        vertical | {"theme": "light", "weights": "diverging"},
        vertical | {"theme": "print", "bars": "probability"},
        {"size": "square"},
        {"size": "square", "weights": "diverging"},
    ]


def title(options):
    return "  ".join(f"--{name} {value}" for name, value in options.items())


def draw(digits, model, options):
    """Return the pictures of a look: one, or none if there is no such look."""
    looks = {"size": "720p"} | options
    size = SIZES[looks.pop("size")]
    try:
        picture = mnistviz.PictureConfig(size, title=title(options), **looks)
    except OptionError:
        return []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "look.png")
        mnistviz.still(digits, INDEX, out, model, picture)
        return [Image.open(out).convert("RGB").reduce(HALF)]


def sheet(rows):
    """Return the pictures in rows, one under another."""
    width = max(sum(picture.width + GAP for picture in row) for row in rows) + GAP
    height = sum(max(picture.height for picture in row) + GAP for row in rows) + GAP
    whole, y = Image.new("RGB", (width, height), GROUND), GAP
    for row in rows:
        x = GAP
        for picture in row:
            whole.paste(picture, (x, y))
            x += picture.width + GAP
        y += max(picture.height for picture in row) + GAP
    return whole


def run_the_pages_commands():
    for line in (DOCS / "gallery.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("    mnistviz "):
            command = [sys.executable, "-m", *shlex.split(line)]
            subprocess.run(command, cwd=DOCS / "gallery", check=True)


def main():
    run_the_pages_commands()
    digits = mnistviz.load()
    model = mnistviz.train(digits)
    rows = [
        [picture for options in row for picture in draw(digits, model, options)] for row in looks()
    ]
    sheet(rows).quantize(256, dither=Image.Dither.NONE).save(SHEET, optimize=True)


if __name__ == "__main__":
    main()
