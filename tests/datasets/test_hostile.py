"""Hostile data, given to commands: one clear message, exit 1, nothing written, little memory.

One of each kind: test_idx.py and test_dataset.py have the details.
"""

import gzip
import os
import zipfile

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


def packed(name, content):
    """Return what writes a .zip of one member."""

    def write(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(name, content)

    return write


def promising(path):
    """Write an .npz of a kilobyte whose member says that it unpacks to 4 GB."""
    packed("x_train.npy", bytes(MIB))(path)
    data = bytearray(path.read_bytes())
    for place in (data.find(b"PK\1\2") + 24, data.find(b"PK\3\4") + 22):
        data[place : place + 4] = b"\xf0\xff\xff\xff"
    path.write_bytes(data)


PIXELS = b"label," + b",".join(b"p%d" % place for place in range(4)) + b"\n"
OTHER_SOURCES = {
    "a line of 100 MB": ("train.csv", holds(b"1," * (50 * MIB)), ["lines of at most", "train.csv"]),
    "a million columns": ("train.csv", holds(b"0," * 10**6 + b"1\n"), ["lines of at most"]),
    "a csv of zeros": ("train.zip", packed("train.csv", bytes(96 * MIB)), ["lines of at most"]),
    "a gzipped csv of zeros": ("train.csv.gz", holds(bomb(96)), ["lines of at most"]),
    "nan": ("train.csv", holds(PIXELS + b"0,1,nan,2,3\n1,1,2,3,4\n"), ["infinite or NaN"]),
    "an open quote": ("train.csv", holds(PIXELS + b'0,"1,2,3,4\n'), ["line 2: is no row of CSV"]),
    "a csv from a pipe": ("train.csv", os.mkfifo, ["expected a file"]),
    "a csv from a device": ("train.csv", link_to_zeros, ["expected a file"]),
    "an npz that promises 4 GB": ("a.npz", promising, ["bytes unpacked"]),
    "an npz of zeros": ("a.npz", packed("x_train.npy", bytes(96 * MIB)), ["expected an array"]),
}


def test_hostile_files_of_other_formats_are_refused(tmp_path):
    def prepare(folder, name):
        place, damage, _ = OTHER_SOURCES[name]
        (folder / "data").mkdir()
        damage(folder / "data" / place)

    cases = {name: ["data", *texts] for name, (_, _, texts) in OTHER_SOURCES.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)


def test_hostile_data_are_refused(tmp_path):
    def prepare(folder, name):
        place, damage, _ = CASES[name]
        if place:
            write_dataset(folder / "data")
            (folder / "data" / place).unlink(missing_ok=True)
        damage(folder / "data" / place)

    cases = {name: ["data", place, *texts] for name, (place, _, texts) in CASES.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)
