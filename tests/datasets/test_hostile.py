"""Hostile data, given to commands: one clear message, exit 1, nothing written, little memory.

One of each kind: test_idx.py and test_dataset.py have the details.
"""

import gzip
import os

from idx_files import file_names, idx_bytes, idx_header, random_pair, write_dataset
from refusing import DATA_COMMANDS, MARKS, MIB, holds, link_to_zeros, refuse_all

pytestmark = MARKS
TRAIN_IMAGES, _, _, TEST_LABELS = file_names()
IMAGES, LABELS = random_pair(40, seed=1)
WHOLE = idx_bytes(IMAGES)
LYING = idx_header(8, (2**20, 2**20, 2**20))


def bomb(mebibytes, start=b""):
    """Return a gzip file that unpacks to a start and many zeros."""
    return gzip.compress(start + bytes(mebibytes * MIB), compresslevel=1)


def link_to_itself(path):
    path.symlink_to(path)


# For each case: the file, how it is damaged, and what the error says.
CASES = {
    "truncated": (TRAIN_IMAGES, holds(WHOLE[:-1]), ["is truncated", "expected 960", "got 959"]),
    "absurd sizes": (TRAIN_IMAGES, holds(gzip.compress(LYING)), [2**30, "promises more"]),
    "a promise of 1 GiB": (
        TRAIN_IMAGES,
        holds(bomb(0, idx_header(8, (2**20, 32, 32)))),
        ["truncated", 2**30, "got 0"],
    ),
    "bomb": (TRAIN_IMAGES, lambda path: path.write_bytes(bomb(128, WHOLE)), ["is too long"]),
    "bomb of zeros": (TRAIN_IMAGES, lambda path: path.write_bytes(bomb(128)), ["got 00"]),
    "labels instead": (TRAIN_IMAGES, holds(idx_bytes(LABELS)), ["are the files swapped?"]),
    "a pipe": (TEST_LABELS, os.mkfifo, ["expected a file"]),
    "a device": (TEST_LABELS, link_to_zeros, ["expected a file"]),
    "a link to itself": (TEST_LABELS, link_to_itself, ["Too many levels of symbolic links"]),
    "class names from a pipe": ("classes.txt", os.mkfifo, ["expected a file"]),
    "no folder but a pipe": ("", os.mkfifo, ["got a pipe or a device"]),
    "no folder but a link to itself": ("", link_to_itself, ["Too many levels"]),
}


def test_hostile_data_are_refused(tmp_path):
    def prepare(folder, name):
        place, damage, _ = CASES[name]
        if place:
            write_dataset(folder / "data")
            (folder / "data" / place).unlink(missing_ok=True)
        damage(folder / "data" / place)

    cases = {name: ["data", place, *texts] for name, (place, _, texts) in CASES.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)
