"""Reads a model file: of 'mnistviz train', or other people's weights."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import checked, one_of, shown
from mnistviz.config import MODEL_KINDS, PIXEL_ORDERS
from mnistviz.datasets.arrays import MOST_BYTES, Arrays, is_real, read_arrays, read_npy
from mnistviz.errors import DataError, ModelError, OptionError, reason
from mnistviz.model.foreign import ABOUT, LinearWeights, find_weights
from mnistviz.model.keras_file import is_keras, read_keras
from mnistviz.model.kind import KINDS, Kind
from mnistviz.model.onnx_file import read_onnx
from mnistviz.model.saved import TrainedModel

Numbers = NDArray[Any] | float | Path | str

# A pickle runs what its maker put in, so none is opened: not by its name, and not by its content.
_PICKLES = {".pt": "torch", ".pth": "torch", ".bin": "torch", ".pkl": "joblib", ".joblib": "joblib"}
_PICKLE_STARTS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
_CONVERSIONS = {
    "torch": (
        "import torch, safetensors.torch as files",
        'files.save_file(torch.load({old!r}, weights_only=True), "weights.safetensors")',
    ),
    "joblib": (
        "import joblib, mnistviz, numpy; model = mnistviz.from_sklearn(joblib.load({old!r}))",
        'numpy.savez("weights.npz", weights=model.weights, bias=model.bias, kind=model.kind.key)',
    ),
}


@checked
def read_model(
    path: Path | str,
    input_scale: Numbers | None = None,
    input_shift: Numbers | None = None,
    pixel_order: str | None = None,
    class_order: tuple[str, ...] | None = None,
    kind: str | None = None,
) -> TrainedModel | LinearWeights:
    """Read a model file; nothing in it is ever executed.

    Parameters
    ----------
    path
        A file of `mnistviz train`; or other people's weights, as .npz or .safetensors, under the
        names ``weights`` and ``bias``, ``coef_`` and ``intercept_``, ``weight`` and ``bias``, or
        ``kernel`` and ``bias``; or a Keras model of one Dense layer, as .keras or .h5,
        with h5py; or an .onnx of a linear classifier, with onnx.
    input_scale, input_shift
        Other people's weights were trained on pixels × scale + shift, where pixels are in
        [0, 1]: a number each, or one for each pixel as an array or an .npy file. Default: 1
        and 0.
    pixel_order
        Other people's weights are of images by 'rows' or by 'columns'. Default: rows.
    class_order
        The classes of other people's weights, in their order. Default: as the file says under
        ``classes`` or ``classes_``, or else the data's.
    kind
        What kind of classifier other people's weights are of, one of `config.MODEL_KINDS`: only
        'softmax', 'logistic' and 'lda' have probabilities. Default: as the file says under
        ``kind``; or else 'linear' for scikit-learn's names, which many kinds have, and 'softmax'
        for the others.

    Raises
    ------
    ModelError
        The file is missing, unreadable, damaged, a pickle, oversized or of another kind; or its
        values make no model.
    OptionError
        A scale or shift is given for a model that 'mnistviz train' wrote.
    """
    path = Path(path)
    if pixel_order is not None:
        one_of("pixel order", pixel_order, PIXEL_ORDERS)
    if kind is not None:
        one_of("kind", kind, MODEL_KINDS)
    scale, shift = _numbers(input_scale, "scale", 1.0), _numbers(input_shift, "shift", 0.0)
    try:
        data = _model_bytes(path)
        if path.suffix.lower() == ".onnx":  # whose content does not say what it is
            arrays = read_onnx(data)
        else:
            arrays = read_keras(data) if is_keras(data) else read_arrays(data)
        if not data.startswith(b"PK") or arrays.keys().isdisjoint(("format", "version")):
            found = find_weights(arrays)
            return LinearWeights(
                *found,
                scale,
                shift,
                pixel_order or PIXEL_ORDERS[0],
                _kind(kind, arrays, found[0]),
                class_order or _classes(arrays),
                str(path),
            )
        trained = replace(TrainedModel.from_arrays(arrays), source=str(path))
    except (DataError, ModelError) as error:
        raise ModelError(f"{path}: {error}") from None
    if any(it is not None for it in (input_scale, input_shift, pixel_order, class_order, kind)):
        raise OptionError(
            "input scale and shift, pixel order, class order and kind are for other people's "
            f"weights; {path} is a model of 'mnistviz train', of pixels from 0 to 1, row by row"
        )
    return trained


def _kind(given: str | None, arrays: Arrays, weights: str) -> Kind:
    """Return the kind that was given, or that a file says, or that its names are used for."""
    if given is None and "kind" in arrays:
        given = "no text" if arrays["kind"] is None else str(arrays["kind"])
        if given not in KINDS:
            raise ModelError(f"expected as 'kind' one of {', '.join(KINDS)}, got {given!r:.60}")
    return KINDS[given or ("linear" if weights.endswith("coef_") else "softmax")]


def _classes(arrays: Arrays) -> tuple[str, ...] | None:
    """Return the names of the classes that a file says."""
    for name in ABOUT[1:]:
        if name in arrays:
            array = arrays[name]
            if array is None or array.dtype.kind not in "Uiu" or array.ndim != 1:
                raise ModelError(
                    f"expected {name!r} of texts or whole numbers, one a class; of other objects, "
                    f"save {name}.astype(str)"
                )
            return tuple(map(str, array.tolist()))
    return None


def _numbers(value: Numbers | None, name: str, default: float) -> NDArray[Any] | float:
    """Return one finite number, or an array of them."""
    if isinstance(value, (Path, str)):
        try:
            if not Path(value).exists():
                raise ModelError("no such file")
            array = read_npy(_model_bytes(Path(value)), "an .npy file")
            if not is_real(array):
                raise ModelError("expected whole numbers, float16, float32 or float64")
            value = array
        except (DataError, ModelError, OSError, ValueError) as error:
            raise ModelError(f"input {name} {value}: {reason(error)}") from None
    try:
        numbers = np.asarray(default if value is None else value, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise OptionError(
            f"input {name}: expected a number, an array of them or an .npy file, got {shown(value)}"
        ) from None
    if not np.isfinite(numbers).all() or (name == "scale" and not numbers.any()):
        raise OptionError(
            f"input {name}: expected finite numbers, not all zero, got {shown(value)}"
        )
    return numbers


def _model_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most 70 MiB that is no pickle."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "something else"
            raise ModelError(f"expected a model file, got {kind}")
        if maker := _PICKLES.get(path.suffix.lower()):
            raise ModelError(_conversion(path, maker))
        if status.st_size > MOST_BYTES:
            raise ModelError(
                f"expected a model of at most {MOST_BYTES} bytes, got {status.st_size}"
            )
        with path.open("rb") as file:
            data = file.read(status.st_size)
    except FileNotFoundError:
        raise ModelError("no such file; 'mnistviz train --out FILE' makes a model") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot be read: {getattr(error, 'strerror', error)}") from None
    if data.startswith(_PICKLE_STARTS) or (data.startswith(b"PK") and b"/data.pkl" in data):
        raise ModelError(_conversion(path, "torch" if data.startswith(b"PK") else "joblib"))
    return data


def _conversion(path: Path, maker: str) -> str:
    """Return the message that refuses a pickle, with two lines of Python that convert it."""
    lines = "\n".join(f"  {line.format(old=str(path))}" for line in _CONVERSIONS[maker])
    return (
        "a pickle may run anything when it is opened, so mnistviz opens none; "
        f"if you trust it, convert it in Python:\n{lines}"
    )
