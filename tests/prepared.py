"""Prepares a folder with all files that README and docs name."""

import io
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as arrow
from PIL import Image
from pyarrow import parquet
from safetensors.numpy import save_file

from idx_files import write_dataset
from pages import ROOT, blocks

TESTS = Path(__file__).parent
# A program that has `warm.py` run its command.
CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    own = json.dumps([os.getcwd(), dict(os.environ), sys.argv[1:]]).encode()
    socket.send_fds(server, [len(own).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(own)
    sys.exit((server.recv(1) or b"\\1")[0])  # nothing comes if it was killed
"""
TRAIN, TEST = 2_000, 500  # digits; with as few, there are mistakes enough to show


def prepare(folder, digits, model_path):
    """Write the files that the commands and programs of the pages read."""
    for name in ("docs", "folder", "own"):
        (folder / name).mkdir()
    shutil.copy(model_path, folder / "model.npz")
    drawing(digits, 0).save(folder / "mine.png")
    for index in (1, 2):
        drawing(digits, index).save(folder / "folder" / f"{index}.jpg")
    own_set(folder / "own", digits)
    rows_of_pixels(folder / "train.csv", digits)
    parquet_files(folder / "parquet", digits)
    with np.load(model_path) as arrays:
        weights = np.ascontiguousarray(arrays["weights"].T)
        save_file({"weight": weights, "bias": arrays["bias"]}, folder / "weights.safetensors")
    (sentences,) = (b.text for b in blocks(ROOT / "docs/introduction.md") if b.language == "text")
    (folder / "einleitung.txt").write_text(sentences, encoding="utf-8")


def drawing(digits, index):
    """Return a test digit as a drawing: large, dark on light."""
    return Image.fromarray(255 - digits.test.images[index]).resize((280, 280))


def own_set(folder, digits):
    """Write cats and dogs, here zeros and ones, as pictures of 28×28 pixels."""
    for part, split in (("train", digits.train), ("test", digits.test)):
        for label, name in enumerate(("cat", "dog")):
            (folder / part / name).mkdir(parents=True)
            for index in np.flatnonzero(split.labels == label)[:8]:
                picture = Image.fromarray(split.images[index])
                picture.save(folder / part / name / f"{index}.png")


def rows_of_pixels(path, digits):
    """Write the first training digits as Kaggle has MNIST."""
    images, labels = digits.train.images[:TEST], digits.train.labels[:TEST]
    header = ",".join(["label", *(f"pixel{place}" for place in range(784))])
    rows = np.column_stack([labels, images.reshape(TEST, -1)])
    np.savetxt(path, rows, "%d", ",", header=header, comments="")


def parquet_files(folder, digits):
    """Write the first digits as Hugging Face has sets."""
    folder.mkdir()
    for part, split in (("train", digits.train), ("test", digits.test)):
        pictures = []
        for image in split.images[:100]:
            buffer = io.BytesIO()
            Image.fromarray(image).save(buffer, "png")
            pictures.append({"bytes": buffer.getvalue(), "path": None})
        table = arrow.table({"image": pictures, "label": split.labels[:100]})
        parquet.write_table(table, folder / f"{part}-00000-of-00001.parquet")


def few_digits(folder, digits):
    """Write the first digits as the four files of a set, and return them by name."""
    parts = ((digits.train, TRAIN), (digits.test, TEST))
    pairs = [(part.images[:n], part.labels[:n].astype(np.uint8)) for part, n in parts]
    write_dataset(folder, *pairs, gzipped=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def environment(folder, mirror, files):
    """Return variables with which `mnistviz` has smaller defaults and needs no network."""
    return {
        **{name: value for name, value in os.environ.items() if not re.search("proxy", name, re.I)},
        "HOME": str(folder),
        "MNISTVIZ_CACHE": str(folder / "cache"),
        "MNISTVIZ_SMALLER": f"{mirror} {files}",
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(TESTS),
    }


@contextmanager
def installed(folder, variables):
    """Put a `mnistviz` with smaller defaults where `environment` has it found."""
    program, client, address = (folder / "bin" / name for name in ("mnistviz", "client", "socket"))
    program.parent.mkdir()
    client.write_text(CLIENT.format(path=str(address)), "utf-8")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "{client}" "$@"\n', "utf-8")
    program.chmod(0o755)
    server = [sys.executable, TESTS / "warm.py", address]
    with subprocess.Popen(server, env=variables, cwd=folder) as process:
        while not address.exists():
            assert process.poll() is None
            time.sleep(0.01)
        yield
        process.kill()
