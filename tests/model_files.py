"""Model files, sound and damaged."""

import io
import zipfile

import numpy as np

from mnistviz.model.saved import TrainedModel
from mnistviz.model.softmax import SoftmaxRegression


def a_model(pixels=6, classes=3, seed=0, scale=1.0):
    random = np.random.default_rng(seed)
    return SoftmaxRegression(
        scale * random.normal(size=(pixels, classes)), scale * random.normal(size=classes)
    )


def written(trained):
    file = io.BytesIO()
    trained.write(file)
    return file.getvalue()


def a_file(classes, image_size):
    """Return the bytes of a model of classes with these names."""
    model = a_model(image_size[0] * image_size[1], len(classes))
    return written(TrainedModel(model, tuple(classes), image_size, {}))


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members, method=zipfile.ZIP_STORED):
    """Return a zip file of members: their bytes by their names, or by their ZipInfo."""
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
    """Return where the central directory of a zip file describes a member."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(f"{name}.npy".encode()))


def patched(data, place, damage):
    return data[:place] + damage + data[place + len(damage) :]
