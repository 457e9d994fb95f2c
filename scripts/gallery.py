"""Draws the pictures of docs/gallery.md by its commands, and a digit in every look and language.

Each picture of the sheet of looks, docs/gallery.png, is titled with its options; of that of
languages, docs/languages.webp, with what people call theirs.

python scripts/gallery.py
"""

import shlex
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from babel.core import Locale
from PIL import Image

import mnistviz
from mnistviz.config import PALETTE_NAMES, SIZES, THEME_NAMES, WEIGHT_LOOKS
from mnistviz.language import catalogue

DOCS = Path(__file__).parents[1] / "docs"
INDEX = 8  # a 5 that is taken for a 6
WIDTH, GAP, GROUND = 2624, 12, (128, 128, 128)  # of the sheet, in pixels; four of 720p fill it


def looks():
    """Yield a row of looks for each theme, and one of the other sizes."""
    for theme in THEME_NAMES:
        if theme == "print":
            varied = product(PALETTE_NAMES, ["gray"], ["soft", "linear"])
        else:
            varied = product(PALETTE_NAMES, WEIGHT_LOOKS, ["soft"])
        named = ("palette", "weights", "contrast")
        yield [{"theme": theme} | dict(zip(named, each, strict=True)) for each in varied]
    vertical = {"size": "vertical"}
    yield [
        vertical,
        vertical | {"theme": "light", "weights": "diverging"},
        vertical | {"theme": "print", "contrast": "strong"},
        {"size": "square"},
        {"size": "square", "weights": "diverging"},
    ]


def languages():
    """Yield the options of each language, in rows of three."""
    tags = sorted(("en", *catalogue.languages()))
    for first in range(0, len(tags), 3):
        row = tags[first : first + 3]
        yield [{"language": tag, "title": Locale.parse(tag).get_display_name()} for tag in row]


def title(options):
    return "  ".join(f"--{name} {value}" for name, value in options.items())


def draw(digits, model, options):
    """Return the picture of a look."""
    looks = {"size": "720p", "language": "en", "title": title(options)} | options
    size, wording = SIZES[looks.pop("size")], mnistviz.Wording(looks.pop("language"))
    picture = mnistviz.PictureConfig(size, **looks)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "look.png")
        mnistviz.still(digits, INDEX, out, model, picture, wording=wording)
        return Image.open(out).convert("RGB")


def filling(row):
    """Return pictures of one height, that fill the sheet from side to side."""
    room = WIDTH - GAP * (len(row) + 1)
    height = int(room / sum(picture.width / picture.height for picture in row))
    sizes = [(round(height * picture.width / picture.height), height) for picture in row]
    return [
        picture.resize(size, Image.Resampling.LANCZOS)
        for picture, size in zip(row, sizes, strict=True)
    ]


def sheet(rows):
    """Return rows of pictures, one under another."""
    rows = [filling(row) for row in rows]
    height = sum(row[0].height + GAP for row in rows) + GAP
    whole, y = Image.new("RGB", (WIDTH, height), GROUND), GAP
    for row in rows:
        x = GAP
        for picture in row:
            whole.paste(picture, (x, y))
            x += picture.width + GAP
        y += row[0].height + GAP
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
    for name, all_options in (("gallery.png", looks()), ("languages.webp", languages())):
        rows = [[draw(digits, model, options) for options in row] for row in all_options]
        # 256 colours would not do: reds turned orange.
        sheet(rows).save(DOCS / name, optimize=True, quality=80)


if __name__ == "__main__":
    main()
