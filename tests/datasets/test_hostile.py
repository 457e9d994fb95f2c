"""Data made to do harm: one clear line, exit 1, nothing written."""

import gzip
import io
import os

import numpy as np

from idx_files import file_names, idx_bytes, idx_header, random_pair, write_dataset, write_idx
from refusing import DATA_COMMANDS, MARKS, MIB, made, refuse_all

pytestmark = MARKS
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = file_names()
IMAGES, LABELS = random_pair(40, seed=1)


def bomb(mebibytes, start=b""):
    """Return a gzip file that unpacks to a start and then nothing but zeros."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0) as packed:
        packed.write(start)
        for _ in range(mebibytes):
            packed.write(bytes(MIB))
    return file.getvalue()


WHOLE = idx_bytes(IMAGES)
PACKED = gzip.compress(WHOLE, mtime=0)
LYING = idx_header(8, (2**20, 2**20, 2**20))
# What stands in place of the training images: its bytes, and what the error says of them.
IMAGE_FILES = {
    "empty": (b"", ["is empty", "at least 4 bytes", "got 0"]),
    "truncated": (WHOLE[:-1], ["is truncated", "expected 960", "got 959"]),
    "cut in its header": (WHOLE[:11], ["too short for its header", "at least 16", "got 11"]),
    "over-long": (WHOLE + b"\0", ["is too long", "expected 960", "got more"]),
    "wrong magic": (b"\1" + WHOLE[1:], ["start with the bytes 00 00", "got 01 00"]),
    "a web page": (b"<!doctype html>", ["start with the bytes 00 00", "a web page (HTML)"]),
    "unknown type": (b"\0\0\x0a" + WHOLE[3:], ["a type of values among", "got 0a"]),
    "another type": (idx_bytes(IMAGES.astype("i2")), ["uint8", "int16"]),
    "no images": (idx_header(8, (0, 4, 6)), ["at least one image", "0×4×6"]),
    "no pixels": (idx_header(8, (40, 0, 6)), ["at least one image", "40×0×6"]),
    "absurd sizes": (LYING, [2**30, "promises more"]),
    "absurd sizes gzipped": (gzip.compress(LYING), [2**30, "promises more"]),
    "a promise of 1 GiB": (bomb(0, idx_header(8, (2**20, 32, 32))), ["truncated", 2**30, "got 0"]),
    "255 dimensions": (idx_header(8, (1,) * 255) + b"\0", ["cannot be read", "found 255"]),
    "bomb": (lambda: bomb(128, WHOLE), ["is too long", "expected 960", "got more"]),
    "bomb of zeros": (lambda: bomb(128), ["a type of values among", "got 00"]),
    "gzip in gzip": (gzip.compress(PACKED), ["gzipped twice"]),
    "gzip breaks off": (PACKED[:-9], ["a whole gzip stream", "breaks off before its end"]),
    "gzip damaged": (PACKED[:-8] + bytes(8), ["a whole gzip stream", "incorrect data check"]),
    "gzip and zeros": (PACKED + bytes(512), ["a whole gzip stream", "other bytes follow"]),
    "fewer images than labels": (idx_bytes(IMAGES[1:]), ["40 labels", "39 images", TRAIN_LABELS]),
    "of another size": (idx_bytes(IMAGES.reshape(40, 6, 4)), ["6×4", "4×6", TEST_IMAGES]),
    "labels instead": (idx_bytes(LABELS), ["expected images", "are the files swapped?"]),
}


def test_a_hostile_image_file_is_refused(tmp_path):
    def prepare(folder, name):
        (write_dataset(folder / "data") / TRAIN_IMAGES).write_bytes(made(IMAGE_FILES[name][0]))

    cases = {name: [f"data/{TRAIN_IMAGES}", *words] for name, (_, words) in IMAGE_FILES.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)


def loop(path):
    path.unlink()
    path.symlink_to(path)


def link_to(target):
    def damage(path):
        path.unlink()
        path.symlink_to(target)

    return damage


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def folder_instead(path):
    path.unlink()
    path.mkdir()


def label(value):
    return lambda path: write_idx(path, np.where(np.arange(20) == 7, value, 0).astype(np.uint8))


# What is done to the test labels, and what the error says of it.
LABEL_FILES = {
    "a pipe": (pipe, ["expected a regular file, got a folder, a pipe or a device"]),
    "a device": (
        link_to("/dev/zero"),
        ["expected a regular file, got a folder, a pipe or a device"],
    ),
    "a link to a folder": (link_to("."), ["lacks"]),
    "a folder": (folder_instead, ["lacks"]),
    "a dangling link": (link_to("nowhere"), ["cannot be read: No such file or directory"]),
    "a link to itself": (loop, ["cannot be read: Too many levels of symbolic links"]),
    "a label out of range": (label(200), ["expected labels from 0 to", "got 200", "7"]),
    "images instead": (lambda path: write_idx(path, IMAGES), ["labels", "are the files swapped?"]),
}


def test_what_is_no_file_of_labels_is_refused(tmp_path):
    def prepare(folder, name):
        LABEL_FILES[name][0](write_dataset(folder / "data") / TEST_LABELS)

    cases = {name: [TEST_LABELS, *words] for name, (_, words) in LABEL_FILES.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)


DATA_FOLDERS = {
    "an ordinary file": (lambda path: path.write_bytes(b"x"), ["data", "Not a directory"]),
    "a pipe": (os.mkfifo, ["data", "Not a directory"]),
    "a link to itself": (lambda path: path.symlink_to(path), ["data", "Too many levels"]),
    "empty": (lambda path: path.mkdir(), ["data", "lacks", TRAIN_IMAGES]),
}


def test_what_is_no_folder_of_data_is_refused(tmp_path):
    def prepare(folder, name):
        DATA_FOLDERS[name][0](folder / "data")

    cases = {name: words for name, (_, words) in DATA_FOLDERS.items()}
    refuse_all(tmp_path, cases, prepare, DATA_COMMANDS)
