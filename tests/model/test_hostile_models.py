"""Hostile model files, given to commands: one clear message, exit 1, nothing written.

One of each kind: test_saved_models.py has the details.
"""

import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from idx_files import file_names, write_dataset
from mnistviz.model.saved import TrainedModel
from model_files import a_model, entry_of, members_of, npy, patched, written, zipped
from refusing import MARKS, MIB, MODEL_COMMANDS, holds, link_to_zeros, refuse_all

pytestmark = MARKS

SOUND = written(TrainedModel(a_model(24, 10), tuple("0123456789"), (4, 6), {}))
WEIGHTS = np.ones((24, 10), np.float32)


def with_weights(data, method=zipfile.ZIP_STORED):
    return zipped(members_of(SOUND) | {"weights.npy": data}, method)


class Trap:
    """Makes a folder when it is unpickled."""

    def __reduce__(self):
        return os.mkdir, ("out/unpickled",)


def false_zip64():
    """Return a model whose weights claim 2^60 bytes in a zip64 field."""
    weights = zipfile.ZipInfo("weights.npy")
    weights.extra = struct.pack("<HHQQ", 1, 16, 2**60, 2**60)
    members = members_of(SOUND)
    data = zipped({weights if it == weights.filename else it: members[it] for it in members})
    return patched(data, entry_of(data, "weights") + 20, b"\xff" * 8)


# What writes the file, and parts of the message.
CASES = {
    "truncated": (holds(SOUND[:-30]), [len(SOUND) - 30, "damaged or cut short"]),
    "a pickle": (holds(with_weights(npy(np.array([Trap()], object)))), ["<f4", "weights"]),
    "a false shape": (
        holds(with_weights(npy(WEIGHTS).replace(b"(24, 10)", b"(999999999, 99999999)"))),
        ["weights.npy", "(999999999"],
    ),
    "bomb": (
        lambda path: path.write_bytes(with_weights(bytes(128 * MIB), zipfile.ZIP_DEFLATED)),
        [70 * MIB, "got 13421"],
    ),
    "path traversal": (
        holds(zipped(members_of(SOUND) | {"../out/x": b""})),
        ["members", "../out/x"],
    ),
    "a false zip64": (holds(false_zip64()), [70 * MIB, str(2**60)[:15]]),
    "very many members": (holds(b"PK\1\2" * 10**6), ["100 members", 10**6]),
    "a pipe": (os.mkfifo, ["expected a model file"]),
    "a device": (link_to_zeros, ["expected a model file"]),
}


def test_a_hostile_model_is_refused(tmp_path):
    def prepare(folder, name):
        write_dataset(folder / "data")
        CASES[name][0](folder / "m.npz")

    cases = {name: ["Error: m.npz: ", *texts] for name, (_, texts) in CASES.items()}
    refuse_all(tmp_path, cases, prepare, MODEL_COMMANDS)


AS_NOBODY = """
import os, sys
import mnistviz
from mnistviz import load, read_model  # all is imported before Python's own files are closed too
load(sys.argv[1]), read_model(sys.argv[2])
for path in sys.argv[3:]:
    os.chmod(path, 0)
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
for read, path in ((load, sys.argv[1]), (read_model, sys.argv[2])):
    try:
        read(path)
    except mnistviz.MnistvizError as error:
        print(type(error).__name__, error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="permissions are POSIX's")
@pytest.mark.parametrize("closed", ["images", "folder"])
def test_a_file_or_folder_without_permission_is_refused(closed):
    with tempfile.TemporaryDirectory() as place:  # pytest's own is closed to nobody
        Path(place).chmod(0o755)
        data, model = write_dataset(Path(place, "data")), Path(place, "m.npz")
        model.write_bytes(SOUND)
        secret = data if closed == "folder" else data / file_names()[0]
        command = [sys.executable, "-c", AS_NOBODY, data, model, secret, model]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        data.chmod(0o755)
    assert done.stderr == ""
    assert re.match(rf"DataError .*{re.escape(str(secret))}.*Permission denied", done.stdout)
    assert f"\nModelError {model}: cannot be read: Permission denied" in done.stdout
