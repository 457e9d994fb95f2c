"""Builders of model files, valid and damaged."""

import io
import zipfile

import numpy as np

from mnistviz.model.linear import LinearClassifier


def a_model(pixels=6, classes=3, seed=0, scale=1.0):
    random = np.random.default_rng(seed)
    return LinearClassifier(
        scale * random.normal(size=(pixels, classes)), scale * random.normal(size=classes)
    )


def written(trained):
    file = io.BytesIO()
    trained.write(file)
    return file.getvalue()


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members, method=zipfile.ZIP_STORED):
    """Return a zip file; members are bytes by name or by ZipInfo."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def npy(array, version=(1, 0)):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), version)
    return file.getvalue()


def entry_of(data, name):
    """Return the offset of a member in the central directory of a zip file."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(f"{name}.npy".encode()))


def patched(data, place, damage):
    return data[:place] + damage + data[place + len(damage) :]
