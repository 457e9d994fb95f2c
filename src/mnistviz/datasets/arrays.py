"""Arrays in an .npz, .npy or .safetensors of anyone's making, read without trusting it.

Nothing is unpickled, and nothing is allocated before the bytes are there.
"""

import io
import struct
import warnings
import zipfile
import zlib
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError

Arrays = dict[str, NDArray[Any] | None]

MOST_BYTES = 70 * 2**20  # of a file, and of all that it unpacks to
# zipfile makes a gigabyte of objects of a directory of a million members, 50 bytes each.
_MOST_MEMBERS = 100
_PIECE = 1 << 20  # bytes that are unpacked at once
_ZIP_ENTRY, _SAFETENSORS_ENTRY = b"PK\x01\x02", b'"data_offsets"'
# NumPy parses a header as a Python literal, which may take long. Writers make 128 bytes or less.
_MOST_HEADER_BYTES = 1024
_HEADER_READERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
# zipfile documents the first only, but raises all of them for a damaged archive.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError,
    ValueError,
)  # fmt: skip


def read_arrays(data: bytes) -> Arrays:
    """Return the arrays of an .npz or a .safetensors by name; its content says which it is.

    Parameters
    ----------
    data
        The bytes of the file. Nothing in them is ever executed.

    Returns
    -------
    dict
        Arrays of real numbers or text, in their own byte order; None for anything else.

    Raises
    ------
    DataError
        The file is of another kind, damaged or oversized.
    """
    if data.startswith(b"PK"):
        return read_npz(data)
    if data[8:9] == b"{":  # after the length of a header of JSON
        return _read_safetensors(data)
    start = f"one that starts with {data[:8]!r}" if data else "an empty one"
    raise DataError(f"expected arrays as .npz or .safetensors, got {start}")


def read_npy(data: bytes | bytearray, name: str) -> NDArray[Any] | None:
    """Return the array of an .npy; None if it is of neither real numbers nor text.

    Parameters
    ----------
    data
        The bytes of the file. Nothing in them is ever executed.
    name
        Name of the file in messages.

    Raises
    ------
    DataError
        The file is of another kind, or damaged.
    """
    shape, fortran, dtype, start = _read_header(data, name)
    if dtype.kind not in "bfiuU" or not dtype.itemsize:
        return None
    try:
        array = np.ndarray(shape, dtype, data, start, order="F" if fortran else "C")
    except (ValueError, TypeError) as error:  # it is too short, or too large for an array
        raise DataError(
            f"expected an array as {name}, of shape {shape}, got {len(data) - start} bytes "
            f"({error!r:.80})"
        ) from None
    if array.nbytes != len(data) - start:
        raise DataError(
            f"expected {array.nbytes} bytes for {name} of shape {shape}, got {len(data) - start}"
        )
    return array.copy("K")


def _read_header(
    data: bytes | bytearray, name: str
) -> tuple[tuple[int, ...], bool, np.dtype[Any], int]:
    """Return shape, order and type of an .npy from its first bytes, and where its values begin."""
    header = io.BytesIO(data[:_MOST_HEADER_BYTES])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a header may be of Python 2
            version = np.lib.format.read_magic(header)
            return *_HEADER_READERS[version](header), header.tell()
    # For a damaged header NumPy raises whatever its parsers run into.
    except Exception as error:
        raise DataError(
            f"expected an array as {name}, got {bytes(data[:80])!r} ({error!r:.80})"
        ) from None


def is_real(array: NDArray[Any] | None) -> TypeGuard[NDArray[Any]]:
    """Whether there is an array of whole numbers, float16, float32 or float64."""
    return array is not None and array.dtype.kind in "fiu" and array.dtype.itemsize <= 8


def read_npz(data: bytes, most: int = MOST_BYTES) -> Arrays:
    """Return the arrays of an .npz, as `read_arrays`; they unpack to at most so many bytes."""
    if (entries := data.count(_ZIP_ENTRY)) > _MOST_MEMBERS:
        raise DataError(f"expected at most {_MOST_MEMBERS} members, got about {entries}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_members(infos, most)
            return {it.filename.removesuffix(".npy"): _read_member(archive, it) for it in infos}
    except ZIP_ERRORS as error:
        raise DataError(
            f"the file ({len(data)} bytes) is damaged or cut short: {error}; save it again"
        ) from None


def _check_members(infos: list[zipfile.ZipInfo], most: int) -> None:
    names = sorted(it.filename.removesuffix(".npy") for it in infos)
    if len(set(names)) != len(names):
        raise DataError(f"expected each member once, got {names!r:.120}")
    if (unpacked := sum(it.file_size for it in infos)) > most:
        raise DataError(f"expected at most {most} bytes unpacked, got {unpacked}")


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> NDArray[Any] | None:
    if not info.filename.endswith(".npy"):
        return None
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError(
            f"expected {info.filename!r} stored or deflated, got it encrypted or packed by "
            f"method {info.compress_type}"
        )
    # Piece by piece: of one without a size zipfile would unpack all that there is, and of a large
    # one it would copy what it has again and again.
    data = bytearray()
    with archive.open(info) as file:
        while len(data) <= info.file_size and (piece := file.read(_PIECE)):
            if not data:
                _read_header(piece, repr(info.filename))  # before all is unpacked
            data += piece
    return read_npy(data, repr(info.filename))


def _read_safetensors(data: bytes) -> Arrays:
    import safetensors
    import safetensors.numpy

    if (entries := data.count(_SAFETENSORS_ENTRY)) > _MOST_MEMBERS:
        raise DataError(f"expected at most {_MOST_MEMBERS} arrays, got about {entries}")
    try:
        arrays = safetensors.numpy.load(data)
    # The last come from types that NumPy lacks, such as bfloat16, or from sizes beyond all files.
    except (
        safetensors.SafetensorError,
        *(KeyError, TypeError, ValueError, AttributeError, OverflowError),
    ) as error:
        raise DataError(
            f"the .safetensors ({len(data)} bytes) is damaged, or of a type that NumPy lacks: "
            f"{str(error)!r:.80}; save it as float32"
        ) from None
    return {name: array if is_real(array) else None for name, array in arrays.items()}
