"""Named arrays of real numbers in an .npz or a .safetensors, of anyone's making."""

import zipfile
from typing import Any

from numpy.typing import NDArray

from mnistviz.errors import ModelError
from mnistviz.model.model_bytes import MOST_FILE_BYTES
from mnistviz.model.npz import opened, unpack_numbers

Tensors = dict[str, NDArray[Any] | None]


def read_tensors(data: bytes) -> Tensors:
    """Return the arrays of a file by name; what is in it decides of which kind it is.

    Parameters
    ----------
    data
        The bytes of the file. Nothing in them is ever executed.

    Returns
    -------
    dict
        Arrays of real numbers by name; None for what is of another type.

    Raises
    ------
    ModelError
        The file is of another kind, or damaged.
    """
    if data.startswith(b"PK"):
        with opened(data) as archive:
            return _of_npz(archive)
    if data[8:9] == b"{":  # after the length of a header of JSON
        return _of_safetensors(data)
    start = f"one that starts with {data[:8]!r}" if data else "an empty one"
    raise ModelError(
        f"expected a model of 'mnistviz train', or weights as .npz or .safetensors, got {start}"
    )


def _of_npz(archive: zipfile.ZipFile) -> Tensors:
    names = [name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy")]
    if len(set(names)) != len(names):
        raise ModelError(f"expected each member once, got {sorted(names)!r:.120}")
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > MOST_FILE_BYTES:
        raise ModelError(f"expected at most {MOST_FILE_BYTES} bytes unpacked, got {unpacked}")
    return {name: unpack_numbers(archive, name) for name in names}


def _of_safetensors(data: bytes) -> Tensors:
    import safetensors
    import safetensors.numpy

    try:
        arrays = safetensors.numpy.load(data)
    # Of a type that NumPy has not, as bfloat16, it lets out whatever it runs into.
    except (safetensors.SafetensorError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"the .safetensors ({len(data)} bytes) is damaged, or of a type that NumPy has not: "
            f"{error!s:.80}; save it anew as float32"
        ) from None
    return {name: array if array.dtype.kind in "fiu" else None for name, array in arrays.items()}
