"""Model files made to do harm, given to the commands: one clear line, exit 1, nothing written."""

import os
import struct
import zipfile

import numpy as np
import pytest

from idx_files import file_names, write_dataset
from model_files import a_file, entry_of, members_of, npy, patched, zipped
from refusing import MARKS, MIB, MODEL_COMMANDS, made, refuse_all, run

pytestmark = MARKS

SOUND = a_file("0123456789", (4, 6))
WEIGHTS = np.ones((24, 10), np.float32)


def with_weights(data, method=zipfile.ZIP_STORED):
    return zipped(members_of(SOUND) | {"weights.npy": data}, method)


class Trap:
    """Leaves a folder where it is unpickled."""

    def __reduce__(self):
        return os.mkdir, ("out/unpickled",)


def lying_zip64():
    """Return a model whose weights claim 2^60 bytes in a zip64 field."""
    weights = zipfile.ZipInfo("weights.npy")
    weights.extra = struct.pack("<HHQQ", 1, 16, 2**60, 2**60)
    members = members_of(SOUND)
    data = zipped({weights if it == weights.filename else it: members[it] for it in members})
    return patched(data, entry_of(data, "weights") + 20, b"\xff" * 8)


# The bytes of a file or what makes it, and words of the message.
FILES = {
    "empty": (b"", ["as .npz or .safetensors", "an empty one"]),
    "truncated": (SOUND[:-30], [len(SOUND) - 30, "damaged or cut short"]),
    "a pickle": (with_weights(npy(np.array([Trap()], object))), ["<f4", "weights"]),
    "not finite": (with_weights(npy(np.nan * WEIGHTS)), ["finite"]),
    "weights of no image": (with_weights(npy(WEIGHTS[1:])), ["4×6", "23"]),
    "a shape that lies": (
        with_weights(npy(WEIGHTS).replace(b"(24, 10)", b"(999999999, 99999999)")),
        ["weights.npy", "(999999999"],
    ),
    "bomb": (lambda: with_weights(bytes(128 * MIB), zipfile.ZIP_DEFLATED), [70 * MIB, "got 13421"]),
    "path traversal": (zipped(members_of(SOUND) | {"../out/x": b""}), ["members", "../out/x"]),
    "zip64 that lies": (lying_zip64(), [70 * MIB, str(2**60)[:15]]),
    "very many members": (lambda: b"PK\1\2" * 10**6, ["100 members", 10**6]),
}
PLACES = {
    "a pipe": (os.mkfifo, ["expected a model file"]),
    "a device": (lambda path: path.symlink_to("/dev/zero"), ["expected a model file"]),
}


def test_a_hostile_model_is_refused(tmp_path):
    def prepare(folder, name):
        write_dataset(folder / "data")
        if name in PLACES:
            PLACES[name][0](folder / "m.npz")
        else:
            (folder / "m.npz").write_bytes(made(FILES[name][0]))

    cases = {name: ["Error: m.npz: ", *words] for name, (_, words) in (FILES | PLACES).items()}
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
