"""Reads the one Dense layer of a Keras model: a .keras, or the HDF5 of older ones.

HDF5 may point to other files; nothing is read but what is in the file itself.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.arrays import MOST_BYTES, ZIP_ERRORS, Arrays
from mnistviz.errors import ModelError

HDF5 = b"\x89HDF\r\n\x1a\n"
NEEDED = "reading Keras models needs h5py: pip install 'mnistviz[keras]'"
_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"
_MOST_CONFIG = 1 << 20  # bytes of JSON
# What h5py raises for a damaged file: its sizes and types may be none.
_DAMAGED = (OSError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OverflowError)
_MOST_OBJECTS, _MOST_DEPTH = 1000, 12  # of a file of HDF5
_OPTIMIZER = ("optimizer", "optimizer_weights")
# Layers that leave pixels as they are when a model predicts.
_PLAIN = ("InputLayer", "Flatten", "Reshape", "Dropout", "GaussianNoise", "GaussianDropout")


def is_keras(data: bytes) -> bool:
    """Whether bytes are of a Keras model, by what they begin with and name."""
    named = data.startswith(b"PK") and _CONFIG.encode() in data and _WEIGHTS.encode() in data
    return named or data.startswith(HDF5)


@np.errstate(all="ignore")  # values that overflow make no model: see LinearClassifier
def read_keras(data: bytes) -> Arrays:
    """Return 'kernel' (pixels, classes), 'bias' if there is one, and 'kind', a text.

    A Rescaling before the layer is folded into it. The kind is 'softmax' of a layer that ends in
    one, or that was compiled with a cross-entropy of logits; 'linear' of another.

    Raises
    ------
    ModelError
        h5py is missing, the file is damaged, or the model is more than one Dense layer.
    """
    try:
        import h5py
    except ImportError:
        raise ModelError(NEEDED) from None
    config, weights = None, data
    if data.startswith(b"PK"):
        config, weights = _members(data)
    try:
        with h5py.File(io.BytesIO(weights), "r") as file:
            if config is None:
                config = _json(file.attrs.get("model_config", "{}"))
                compiled = _json(file.attrs.get("training_config", "{}"))
            else:
                compiled = config.get("compile_config") or {}
            kernel, bias = _layer({name: _array(it) for name, it in _datasets(file, h5py)})
    except _DAMAGED as error:
        raise ModelError(f"the Keras model is damaged: {error!r:.120}; save it again") from None
    scale, offset, activation = _layers(config)
    arrays: Arrays = {"kernel": kernel.astype(np.float64) * scale}
    start = kernel.astype(np.float64).sum(axis=0) * offset
    arrays["bias"] = start if bias is None else bias + start
    loss = json.dumps(compiled.get("loss") or "crossentropy").lower()
    is_softmax = activation == "softmax" or (activation == "linear" and "crossentropy" in loss)
    return arrays | {"kind": np.array("softmax" if is_softmax else "linear")}


def _members(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return configuration and weights of a .keras."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            config = _member(archive, _CONFIG, _MOST_CONFIG)
            weights = _member(archive, _WEIGHTS, MOST_BYTES)
    except (*ZIP_ERRORS, KeyError) as error:
        raise ModelError(f"the .keras is damaged: {error!r:.120}; save it again") from None
    return _json(config), weights


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ModelError(f"expected at most {most} bytes of {name!r}")
    return content


def _json(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"expected a configuration in JSON: {error!r:.120}") from None
    if not isinstance(found, dict):
        raise ModelError("expected a configuration as a JSON object")
    return found


def _datasets(group: Any, h5py: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield name and data set of all that a file itself holds, but for the optimizer's."""
    if depth > _MOST_DEPTH or len(group) > _MOST_OBJECTS:
        raise ModelError("expected the groups of a Keras model, got more or deeper ones")
    for name in group:
        if not path and name in _OPTIMIZER:
            continue
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise ModelError(f"expected no links in a model, got one at {path}{name}")
        found = group[name]
        if isinstance(found, h5py.Group):
            yield from _datasets(found, h5py, f"{path}{name}/", depth + 1)
        elif isinstance(found, h5py.Dataset):
            yield f"{path}{name}", found


def _array(found: Any) -> NDArray[Any]:
    """Return the values of a data set that are in this file."""
    if found.is_virtual or found.external:
        raise ModelError(f"expected the values of {found.name} in the file, got another file's")
    if found.dtype.kind not in "fiu" or found.nbytes > MOST_BYTES or found.ndim > 2:
        raise ModelError(
            f"expected numbers in at most two dimensions, got {found.name} of {found.dtype} and "
            f"shape {found.shape}; a model with convolutions is no linear classifier"
        )
    return np.asarray(found[()])


def _layer(arrays: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Return kernel and bias of the one layer."""
    kernels = [name for name, array in arrays.items() if array.ndim == 2]
    if len(kernels) != 1:
        raise ModelError(
            f"expected the weights of one Dense layer, got {len(kernels)}: {kernels!r:.120}; a "
            "deeper network is no linear classifier"
        )
    (name,) = kernels
    kernel = arrays.pop(name)
    others = {name: array for name, array in arrays.items() if array.ndim}
    if others and (len(others) > 1 or next(iter(others.values())).shape != kernel.shape[1:]):
        raise ModelError(
            f"expected a bias beside {name!r}, got {sorted(others)!r:.120}; a layer that was "
            "adapted to data, such as Normalization, is given by --input-scale and --input-shift"
        )
    return kernel, next(iter(others.values()), None)


def _layers(config: dict[str, Any]) -> tuple[float, float, str]:
    """Return scale and offset before the Dense layer, and the activation after it."""
    scale, offset, activation, dense = 1.0, 0.0, "linear", 0
    for layer in config.get("config", {}).get("layers", []):
        kind, settings = layer.get("class_name"), layer.get("config", {})
        if kind == "Rescaling" and not dense:
            factor, added = float(settings["scale"]), float(settings.get("offset", 0))
            scale, offset = scale * factor, offset * factor + added
        elif kind == "Dense" and not dense:
            dense, activation = 1, settings.get("activation", "linear")
        elif kind in ("Softmax", "Activation") and dense and activation == "linear":
            activation = "softmax" if kind == "Softmax" else settings.get("activation")
        elif kind not in _PLAIN:
            raise ModelError(
                f"expected a model of one Dense layer, after Flatten and Rescaling, got a layer "
                f"{kind!r:.60}: no linear classifier"
            )
    if activation not in ("linear", "softmax", "sigmoid"):
        raise ModelError(f"expected no activation but softmax or sigmoid, got {activation!r:.60}")
    return scale, offset, activation
