"""A trained model and the file that keeps it."""

import io
import json
import math
import textwrap
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.arrays import Arrays, read_arrays
from mnistviz.datasets.class_names import same_name
from mnistviz.errors import ModelError, is_line
from mnistviz.model.linear import LinearClassifier

_FORMAT = "mnistviz-model"
_VERSION = 1
# What version 1 holds, in this order: NumPy's type ('<U' is text of any length) and dimensions.
_MEMBERS = {
    "format": ("<U", 0),
    "version": ("<i8", 0),
    "image_size": ("<i8", 1),
    "classes": ("<U", 1),
    "weights": ("<f4", 2),
    "bias": ("<f4", 1),
    "training": ("<U", 0),
}
_MOST_BYTES = 2**20  # of each array but the weights


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """What a model file holds.

    Attributes
    ----------
    model
        The classifier.
    classes
        Name of each class: not empty, printable.
    image_size
        Height and width of the images, in pixels; their product is the model's pixels.
    training
        How it was trained: names and JSON values.
    source
        Name of the model in messages: its file, say.

    Raises
    ------
    ModelError
        The parts do not fit each other.
    """

    model: LinearClassifier
    classes: tuple[str, ...]
    image_size: tuple[int, int]
    training: dict[str, Any]
    source: str = "the model"

    def __post_init__(self) -> None:
        pixels, classes = self.model.weights.shape
        size = self.image_size
        if len(size) != 2 or min(size) < 1 or math.prod(size) != pixels:
            raise ModelError(
                f"expected height and width of images of {pixels} pixels, as the weights have, "
                f"got {'×'.join(map(str, size))}"
            )
        if len(self.classes) != classes:
            raise ModelError(f"expected {classes} class names, got {len(self.classes)}")
        for name in self.classes:
            if not (isinstance(name, str) and is_line(name)):
                raise ModelError(f"expected printable class names, got {name!r}")

    def fitted(self, classes: tuple[str, ...], image_size: tuple[int, int]) -> LinearClassifier:
        """Return the classifier, for data of its own class names, height and width.

        Raises
        ------
        ModelError
            Image size or class names differ; both are named.
        """
        same = [tuple(map(same_name, names)) for names in (self.classes, classes)]
        if same[0] != same[1] or self.image_size != image_size:
            raise ModelError(
                f"{self.source} was trained on {_described(self.classes, self.image_size)}; "
                f"the data have {_described(classes, image_size)}"
            )
        return self.model

    def write(self, file: BinaryIO) -> None:
        """Write the model as an .npz, whole or not at all: the same content, the same bytes.

        Raises
        ------
        ModelError
            `training` has no JSON form, or the model is larger than what `read_model` takes.
        OSError
            The file cannot be written.
        """
        try:
            training = json.dumps(self.training, sort_keys=True, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise ModelError(
                f"how the model was trained cannot be stored as JSON: {error}"
            ) from None
        parameters = self.model.weights, self.model.bias
        data = _packed(_FORMAT, _VERSION, self.image_size, self.classes, *parameters, training)
        TrainedModel.from_arrays(read_arrays(data))  # so that it can be read again
        file.write(data)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "TrainedModel":
        """Return the model of the arrays of a file that `write` made.

        Raises
        ------
        ModelError
            The file is foreign, incomplete or of a newer format, or its values make no model.
        """
        _check_names(arrays)
        checked = {name: _checked(arrays, name) for name in _MEMBERS}
        return cls(
            LinearClassifier(checked["weights"], checked["bias"]),
            tuple(checked["classes"].tolist()),
            tuple(checked["image_size"].tolist()),
            _from_json(checked["training"].item()),
        )


def _described(classes: tuple[str, ...], image_size: tuple[int, int]) -> str:
    names = textwrap.shorten(", ".join(classes), 100, placeholder=" …")
    height, width = image_size
    return f"{height}×{width} images of {len(classes)} classes ({names})"


def _packed(*values: Any) -> bytes:
    """Return the file of the values of _MEMBERS: little-endian and in C order on every machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for (name, (kind, _)), value in zip(_MEMBERS.items(), values, strict=True):
            info = zipfile.ZipInfo(f"{name}.npy")  # dated 1980, and not compressed
            info.create_system = 3  # Unix, wherever it is written
            array = np.asarray(value, kind, order="C")
            with archive.open(info, "w") as member:
                np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def _check_names(arrays: Arrays) -> None:
    """Refuse what is no model, then what is of another version, then what is incomplete."""
    # repr: a name from a foreign file may hold line breaks or escape sequences.
    found = textwrap.shorten(f"the members {sorted(arrays)!r}", 160, placeholder=" …")
    if not {"format", "version"} <= arrays.keys() or _checked(arrays, "format").item() != _FORMAT:
        raise ModelError(f"expected a model that 'mnistviz train' wrote, got {found}")
    version = _checked(arrays, "version").item()
    if version != _VERSION:
        raise ModelError(
            f"expected model format version {_VERSION}, got {version}; "
            "use the mnistviz that wrote it, or train the model again"
        )
    if arrays.keys() != _MEMBERS.keys():
        raise ModelError(f"expected the members {sorted(_MEMBERS)}, got {found}")


def _checked(arrays: Arrays, name: str) -> NDArray[Any]:
    """Return an array if its type, dimensions and size are what _MEMBERS says."""
    array, (kind, dimensions) = arrays[name], _MEMBERS[name]
    if array is None or not array.dtype.str.startswith(kind) or array.ndim != dimensions:
        found = "another type" if array is None else f"{array.dtype.str!r} of shape {array.shape}"
        raise ModelError(f"expected {name} of type {kind} in {dimensions} dimensions, got {found}")
    if name != "weights" and array.nbytes > _MOST_BYTES:
        raise ModelError(f"expected at most {_MOST_BYTES} bytes of {name}, got {array.nbytes}")
    if kind == "<U":
        try:
            array.tobytes().decode("utf-32-le")
        except UnicodeDecodeError as error:
            raise ModelError(f"expected text as {name}: {error}") from None
    return array


def _from_json(text: str) -> dict[str, Any]:
    try:
        training = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"expected JSON as training: {error}") from None
    if not isinstance(training, dict):
        raise ModelError(f"expected a JSON object as training, got {text[:20]!r}")
    return training
