"""Model files made to do harm: one clear line, exit 1, nothing written."""

import io
import os
import struct
import zipfile

import numpy as np
import pytest

from idx_files import file_names, write_dataset
from mnistviz.model.saved import TrainedModel
from mnistviz.model.softmax import SoftmaxRegression
from refusing import MARKS, MIB, MODEL_COMMANDS, made, refuse_all, run

pytestmark = MARKS


def sound_members():
    """Return the members of a model that fits the data."""
    model = SoftmaxRegression(np.ones((24, 10), np.float32), np.ones(10, np.float32))
    file = io.BytesIO()
    TrainedModel(model, tuple("0123456789"), (4, 6), {}).write(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npy(array):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0))
    return file.getvalue()


def zipped(members, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return bytearray(file.getvalue())


def with_weights(data, method=zipfile.ZIP_STORED):
    return zipped(sound_members() | {"weights.npy": data}, method)


class Trap:
    """Leaves a folder where it is unpickled."""

    def __reduce__(self):
        return os.mkdir, ("out/unpickled",)


def headed(header):
    """Return an .npy whose header is this text."""
    text = header.encode() + b"\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text + bytes(960)


def entry_of_weights(data):
    return data.rindex(b"PK\1\2", 0, data.rindex(b"weights.npy"))


def patched(offset, *values):
    """Return a sound model whose directory says something else of the weights."""
    data = zipped(sound_members())
    place = entry_of_weights(data) + offset
    data[place : place + len(values[0])] = values[0]
    return data


def twice():
    """Return a model that holds two members of one name: a second bias, renamed."""
    return bytes(zipped(sound_members() | {"biax.npy": b""})).replace(b"biax.npy", b"bias.npy")


def lying_zip64():
    """Return a model whose weights claim 2^60 bytes in a zip64 field."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in sound_members().items():
            info = zipfile.ZipInfo(name)
            if name == "weights.npy":
                info.extra = struct.pack("<HHQQ", 1, 16, 2**60, 2**60)
            archive.writestr(info, data)
    data = bytearray(file.getvalue())
    struct.pack_into("<II", data, entry_of_weights(data) + 20, 2**32 - 1, 2**32 - 1)
    return data


WEIGHTS = np.ones((24, 10), np.float32)
NOT_FINITE = np.where(np.eye(24, 10, dtype=bool), np.float32("nan"), WEIGHTS)
SOUND = bytes(zipped(sound_members()))
MODEL_FILES = {
    "empty": (b"", ["as .npz or .safetensors", "an empty one"]),
    "truncated": (SOUND[:-30], [len(SOUND) - 30, "damaged or cut short"]),
    "a bare array": (npy(WEIGHTS), ["as .npz or .safetensors", "NUMPY"]),
    "a pickle": (with_weights(npy(np.array([Trap()], object))), ["<f4", "weights", "'|O'"]),
    "not finite": (with_weights(npy(NOT_FINITE)), ["finite"]),
    "doubles": (with_weights(npy(WEIGHTS.astype("f8"))), ["weights", "<f4", "'<f8'"]),
    "big-endian": (with_weights(npy(WEIGHTS.astype(">f4"))), ["weights", "<f4", "'>f4'"]),
    "three dimensions": (with_weights(npy(WEIGHTS[None])), ["2 dimensions", "(1, 24, 10)"]),
    "weights of no image": (with_weights(npy(WEIGHTS[1:])), ["4×6", "got 23"]),
    "a header that is code": (with_weights(headed("__import__('os')")), ["weights.npy", "import"]),
    "a huge header": (with_weights(headed("{" + " " * 65_000)), ["weights.npy", "plain array"]),
    "a shape that lies": (
        with_weights(npy(WEIGHTS).replace(b"(24, 10)", b"(999999999, 99999999)")),
        ["weights of shape (999999999, 99999999)", "got 9"],
    ),
    "bomb": (lambda: with_weights(bytes(128 * MIB), zipfile.ZIP_DEFLATED), [64 * MIB, 128 * MIB]),
    "path traversal": (zipped(sound_members() | {"../out/x": b""}), ["members", "../out/x"]),
    "a member twice": (twice(), ["members"]),
    "encrypted": (patched(8, b"\1\0"), ["weights.npy", "encrypted"]),
    "zip64 that lies": (lying_zip64(), ["weights", 64 * MIB, 2**60]),
    "a directory that lies": (patched(20, b"\xff\xff\0\0\xff\xff\0\0"), ["damaged or cut short"]),
    "very many members": (b"PK\1\2" * 10**6, ["100 members", 10**6]),
}


def test_a_hostile_model_is_refused(tmp_path):
    def prepare(folder, name):
        write_dataset(folder / "data")
        (folder / "m.npz").write_bytes(made(MODEL_FILES[name][0]))

    cases = {name: ["Error: m.npz: ", *words] for name, (_, words) in MODEL_FILES.items()}
    refuse_all(tmp_path, cases, prepare, MODEL_COMMANDS)


MODEL_PLACES = {
    "a pipe": (os.mkfifo, ["expected a model file"]),
    "a folder": (lambda path: path.mkdir(), ["expected a model file, got a folder"]),
    "a device": (lambda path: path.symlink_to("/dev/zero"), ["expected a model file"]),
    "a dangling link": (lambda path: path.symlink_to("nowhere"), ["no such file"]),
    "a link to itself": (lambda path: path.symlink_to(path), ["Too many levels"]),
}


def test_what_is_no_model_file_is_refused(tmp_path):
    def prepare(folder, name):
        write_dataset(folder / "data")
        MODEL_PLACES[name][0](folder / "m.npz")

    cases = {name: ["Error: m.npz: ", *words] for name, (_, words) in MODEL_PLACES.items()}
    refuse_all(tmp_path, cases, prepare, MODEL_COMMANDS)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_or_folder_without_permission_is_refused(tmp_path):
    secrets = {"images": f"data/{file_names()[0]}", "folder": "data", "model": "m.npz"}

    def prepare(folder, name):
        write_dataset(folder / "data")
        (folder / "m.npz").write_bytes(SOUND)
        (folder / secrets[name]).chmod(0)

    cases = {name: [path, "Permission denied"] for name, path in secrets.items()}
    try:
        refuse_all(tmp_path, cases, prepare, MODEL_COMMANDS)
    finally:
        (tmp_path / "folder" / "data").chmod(0o700)


def test_the_sound_files_that_are_damaged_here_are_not_refused(tmp_path):
    write_dataset(tmp_path / "data")
    (tmp_path / "m.npz").write_bytes(SOUND)
    (tmp_path / "out").mkdir()
    status, stdout, stderr, _ = run((*MODEL_COMMANDS[0], "--size", "640x360"), tmp_path)
    assert (status, stderr) == (0, ""), stderr
    assert stdout == "out/f.png: image 0, 640x360\n"
