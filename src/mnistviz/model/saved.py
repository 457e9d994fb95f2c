"""A trained model and the file that keeps it."""

import io
import json
import math
import textwrap
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError
from mnistviz.model.model_bytes import model_bytes
from mnistviz.model.npz import Member, opened, pack, unpack
from mnistviz.model.softmax import SoftmaxRegression

_FORMAT = "mnistviz-model"
_VERSION = 1
_MIB = 2**20
# What version 1 holds, and in which order.
_MEMBERS = (
    Member("format", "<U", 0, _MIB),
    Member("version", "<i8", 0, _MIB),
    Member("image_size", "<i8", 1, _MIB),
    Member("classes", "<U", 1, _MIB),
    Member("weights", "<f4", 2, 64 * _MIB),
    Member("bias", "<f4", 1, _MIB),
    Member("training", "<U", 0, _MIB),
)


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
        What messages call it: its file, say.

    Raises
    ------
    ModelError
        The parts do not fit each other, or cannot be stored.
    """

    model: SoftmaxRegression
    classes: tuple[str, ...]
    image_size: tuple[int, int]
    training: dict[str, Any]
    source: str = "the model"

    def __post_init__(self) -> None:
        pixels, classes = self.model.weights.shape
        if min(self.image_size) < 1 or math.prod(self.image_size) != pixels:
            raise ModelError(
                f"expected weights for images of {_size(self.image_size)} pixels, got {pixels}"
            )
        if len(self.classes) != classes:
            raise ModelError(f"expected {classes} class names, got {len(self.classes)}")
        for name in self.classes:
            if not (isinstance(name, str) and name and name.isprintable()):
                raise ModelError(f"expected printable class names, got {name!r}")

    def fitted(self, classes: tuple[str, ...], image_size: tuple[int, int]) -> SoftmaxRegression:
        """Return the classifier, for data that it was trained for.

        Parameters
        ----------
        classes
            Class names of the data.
        image_size
            Height and width of the data's images, in pixels.

        Raises
        ------
        ModelError
            Image size or class names differ; both are named.
        """
        if (self.classes, self.image_size) != (classes, image_size):
            raise ModelError(
                f"{self.source} was trained on {_described(self.classes, self.image_size)}; "
                f"the data have {_described(classes, image_size)}"
            )
        return self.model

    def write(self, file: BinaryIO) -> None:
        """Write the model as an .npz: the same content gives the same bytes anywhere.

        Parameters
        ----------
        file
            Open for writing bytes. Nothing is written if the model cannot be stored.

        Raises
        ------
        ModelError
            `training` has no JSON form, or the model is larger than what `read` takes.
        OSError
            The file cannot be written.
        """
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for member, array in zip(_MEMBERS, self._arrays(), strict=True):
                info = zipfile.ZipInfo(f"{member.name}.npy")  # dated 1980, stored as it is
                info.create_system = 3  # Unix, wherever it is written
                archive.writestr(info, pack(member, array))
        file.write(buffer.getvalue())

    def _arrays(self) -> tuple[NDArray[Any], ...]:
        """Return the members of the file, in the order of _MEMBERS."""
        return (
            np.array(_FORMAT),
            np.array(_VERSION, np.int64),
            np.array(self.image_size, np.int64),
            np.array(self.classes),
            self.model.weights,
            self.model.bias,
            np.array(_to_json(self.training)),
        )

    @classmethod
    def read(cls, path: Path) -> "TrainedModel":
        """Read a model file that `write` made; nothing in it is ever executed.

        Parameters
        ----------
        path
            The file.

        Raises
        ------
        ModelError
            The file is missing, unreadable, foreign, damaged, oversized, of a newer format, or
            its values make no model.
        """
        try:
            return cls.from_bytes(model_bytes(path))
        except ModelError as error:
            raise ModelError(f"{path}: {error}") from None

    @classmethod
    def from_bytes(cls, data: bytes) -> "TrainedModel":
        """Read the bytes of a model file; as `read`."""
        arrays = _members(data)
        if arrays["image_size"].size != 2:
            raise ModelError(f"expected height and width, got {arrays['image_size'].size} numbers")
        height, width = arrays["image_size"].tolist()
        return cls(
            SoftmaxRegression(arrays["weights"], arrays["bias"]),
            tuple(arrays["classes"].tolist()),
            (height, width),
            _from_json(arrays["training"].item()),
        )


def _size(image_size: tuple[int, int]) -> str:
    return "×".join(map(str, image_size))


def _described(classes: tuple[str, ...], image_size: tuple[int, int]) -> str:
    names = textwrap.shorten(", ".join(classes), 100, placeholder=" …")
    return f"{_size(image_size)} images of {len(classes)} classes ({names})"


def _to_json(training: dict[str, Any]) -> str:
    try:
        return json.dumps(training, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"how the model was trained cannot be stored as JSON: {error}") from None


def _from_json(text: str) -> dict[str, Any]:
    try:
        training = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"expected JSON in training.npy: {error}") from None
    if not isinstance(training, dict):
        raise ModelError(f"expected a JSON object in training.npy, got {text[:20]!r}")
    return training


def is_trained(data: bytes) -> bool:
    """Whether the bytes of a file say that `TrainedModel.write` made them."""
    if not data.startswith(b"PK"):
        return False
    with opened(data) as archive:
        return not {"format.npy", "version.npy"}.isdisjoint(archive.namelist())


def _members(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of a model file, each of the type and dimensions in _MEMBERS."""
    if not data.startswith(b"PK"):
        start = f"one that starts with {data[:8]!r}" if data else "an empty one"
        raise ModelError(f"expected an .npz file that 'mnistviz train' wrote, got {start}")
    with opened(data) as archive:
        _check_names(archive)
        return {member.name: unpack(archive, member) for member in _MEMBERS}


def _check_names(archive: zipfile.ZipFile) -> None:
    """Refuse what is no model, then what is of another version, then what is incomplete."""
    names, expected = sorted(archive.namelist()), sorted(f"{m.name}.npy" for m in _MEMBERS)
    if not {"format.npy", "version.npy"} <= set(names) or unpack(archive, _MEMBERS[0]) != _FORMAT:
        raise ModelError(f"expected a model that 'mnistviz train' wrote, got {_listed(names)}")
    version = unpack(archive, _MEMBERS[1]).item()
    if version != _VERSION:
        raise ModelError(
            f"expected model format version {_VERSION}, got {version}; "
            "use the mnistviz that wrote it, or train the model anew"
        )
    if names != expected:
        raise ModelError(f"expected {_listed(expected)}, got {_listed(names)}")


def _listed(names: list[str]) -> str:
    # repr: a name from a foreign file may hold line breaks or escape sequences.
    return textwrap.shorten(f"the members {names!r}", 160, placeholder=" …")
