"""Reads a model, whoever made it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError, OptionError
from mnistviz.model.foreign import LinearWeights, find_weights
from mnistviz.model.model_bytes import model_bytes
from mnistviz.model.npz import numbers_of_npy
from mnistviz.model.saved import TrainedModel, is_trained
from mnistviz.model.tensors import read_tensors

Numbers = NDArray[Any] | float | Path | str


def read_model(
    path: Path | str,
    input_scale: Numbers | None = None,
    input_shift: Numbers | None = None,
) -> TrainedModel | LinearWeights:
    """Read a model file; nothing in it is ever executed.

    Parameters
    ----------
    path
        A file of `mnistviz train`; or other people's weights, as .npz or .safetensors, under the
        names ``weights`` and ``bias``, ``coef_`` and ``intercept_``, or ``weight`` and ``bias``.
    input_scale, input_shift
        Other people's weights were trained on pixels × scale + shift, where pixels are in
        [0, 1]: a number each, or one for each pixel as an array or an .npy file. Default: 1
        and 0.

    Raises
    ------
    ModelError
        The file is missing, unreadable, damaged, a pickle, oversized or of another kind; or its
        values make no model.
    OptionError
        A scale or shift is given for a model that 'mnistviz train' wrote.
    """
    path = Path(path)
    scale, shift = _numbers(input_scale, "scale", 1.0), _numbers(input_shift, "shift", 0.0)
    try:
        data = model_bytes(path)
        if not is_trained(data):
            return LinearWeights(*find_weights(read_tensors(data)), scale, shift, str(path))
        trained = replace(TrainedModel.from_bytes(data), source=str(path))
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from None
    if input_scale is not None or input_shift is not None:
        raise OptionError(
            f"input scale and shift are for other people's weights; {path} is a model of "
            "'mnistviz train', which takes pixels from 0 to 1"
        )
    return trained


def _numbers(value: Numbers | None, name: str, default: float) -> NDArray[Any] | float:
    """Return one finite number, or an array of them."""
    if isinstance(value, (Path, str)):
        try:
            value = numbers_of_npy(model_bytes(Path(value)))
        except ModelError as error:
            raise ModelError(f"input {name} {value}: {error}") from None
    numbers = np.asarray(default if value is None else value, np.float64)
    if not np.isfinite(numbers).all() or (name == "scale" and not numbers.any()):
        raise OptionError(f"input {name}: expected finite numbers, not all zero, got {value!r:.80}")
    return numbers
