"""IDX files, gzipped or bare, to and from arrays; knows nothing of MNIST.

An IDX file is two zero bytes, a byte for the type of the values, a byte for the number of
dimensions, each dimension's size as a big-endian unsigned 32-bit number, and then the values, also
big-endian, the last dimension running fastest.
"""

import gzip
import math
import os
import struct
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError, reason
from mnistviz.input import open_file

# Twice the largest set that is published in IDX (EMNIST ByClass: 547 MB of training images), so
# that no published set is refused, and a header that lies is refused before its data are read.
MAX_BYTES = 1 << 30

TYPES: dict[int, np.dtype[Any]] = {
    0x08: np.dtype(">u1"),
    0x09: np.dtype(">i1"),
    0x0B: np.dtype(">i2"),
    0x0C: np.dtype(">i4"),
    0x0D: np.dtype(">f4"),
    0x0E: np.dtype(">f8"),
}

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WBITS = 16 + zlib.MAX_WBITS  # a gzip wrapper, and no other
# What follows the end of a gzip member is copied, and a hostile file may be nothing but millions of
# empty members, so that a chunk must not be large.
_CHUNK_BYTES = 1 << 14
_PREFIX_BYTES = 4

_LOOKALIKES = {
    b"<": "a web page (HTML)",
    b"PK": "a zip archive; unpack it first",
    _GZIP_MAGIC: "a file that was gzipped twice; unpack it once",
}


def read_idx(path: Path) -> NDArray[Any]:
    """Read an IDX file whole.

    It is taken as gzipped if its first bytes say so, whatever its name.

    Parameters
    ----------
    path
        A regular file.

    Returns
    -------
    NDArray
        The values in the file's shape, C-contiguous, in the machine's byte order: uint8, int8,
        int16, int32, float32 or float64.

    Raises
    ------
    DataError
        The file cannot be read, is not IDX, holds more or fewer bytes than its header says,
        promises more than `MAX_BYTES` of data, or does not fit into memory.
    """
    try:
        with open_file(path) as file:
            return _read_open(file)
    except (DataError, EOFError, zlib.error, MemoryError, OSError, ValueError) as error:
        raise DataError(f"IDX file {path}: {_problem(error)}.") from error


def write_idx(path: Path, array: NDArray[Any]) -> None:
    """Write an array as an IDX file; the same array gives the same bytes.

    Parameters
    ----------
    path
        The file; if its name ends in ``.gz``, it is gzipped. What is there is overwritten.
    array
        uint8, int8, int16, int32, float32 or float64, of at most 255 dimensions.

    Raises
    ------
    DataError
        IDX has no such type.
    OSError
        The file cannot be written.
    """
    codes = [code for code, dtype in TYPES.items() if dtype == array.dtype.newbyteorder(">")]
    if not codes:
        names = ", ".join(dtype.name for dtype in TYPES.values())
        raise DataError(f"IDX file {path}: expected values of {names}, got {array.dtype}.")
    header = struct.pack(f">HBB{array.ndim}I", 0, codes[0], array.ndim, *array.shape)
    content = header + array.astype(TYPES[codes[0]]).tobytes()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _problem(error: BaseException) -> str:
    if isinstance(error, (DataError, MemoryError)):
        return str(error) or "expected data that fit into memory, got more than is free"
    if isinstance(error, (EOFError, zlib.error)):
        return f"expected a whole gzip stream, got a damaged one: {error}"
    return f"cannot be read: {reason(error)}"


def _read_open(file: BufferedReader) -> NDArray[Any]:
    gzipped = file.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
    chunks = _gunzip(file) if gzipped else iter(lambda: file.read(_CHUNK_BYTES), b"")
    start = bytearray()
    _fill_header(start, chunks, _PREFIX_BYTES)
    dtype, dimensions = _parse_prefix(bytes(start[:_PREFIX_BYTES]))
    header_bytes = _PREFIX_BYTES + 4 * dimensions
    _fill_header(start, chunks, header_bytes)
    shape = struct.unpack_from(f">{dimensions}I", start, _PREFIX_BYTES)
    _check_limit(shape, dtype)
    expected = math.prod(shape) * dtype.itemsize
    if not gzipped:
        _check_length(expected, os.fstat(file.fileno()).st_size - header_bytes)
    data = start[header_bytes:]
    # One byte past the end, so that what should not be there shows, and a gzip checksum is read.
    _fill(data, chunks, expected + 1)
    _check_length(expected, len(data))
    return _as_array(shape, dtype, data)


def _gunzip(file: BufferedReader) -> Iterator[bytes]:
    """Yield what a gzip file holds.

    Python's own reader takes zeros after the last member and names in a header byte by byte,
    however many there are.
    """
    data = file.read(_CHUNK_BYTES)
    while data:
        if not data.startswith(_GZIP_MAGIC):
            raise zlib.error("other bytes follow its end")
        inflater = zlib.decompressobj(wbits=_GZIP_WBITS)
        while not inflater.eof:
            if not data:
                raise EOFError("it breaks off before its end")
            yield inflater.decompress(data, _CHUNK_BYTES)
            data = inflater.unconsumed_tail or inflater.unused_data
            if len(data) < len(_GZIP_MAGIC):
                data += file.read(_CHUNK_BYTES)


def _fill(buffer: bytearray, chunks: Iterator[bytes], size: int) -> None:
    """Append chunks until the buffer holds at least `size` bytes or there are no more."""
    while len(buffer) < size and (chunk := next(chunks, None)) is not None:
        buffer += chunk


def _fill_header(start: bytearray, chunks: Iterator[bytes], size: int) -> None:
    _fill(start, chunks, size)
    if len(start) < size:
        state = "too short for its header" if start else "empty"
        raise DataError(f"is {state}: expected at least {size} bytes, got {len(start)}")


def _parse_prefix(prefix: bytes) -> tuple[np.dtype[Any], int]:
    """Return the type of the values and the number of dimensions."""
    *zeros, code, dimensions = prefix
    if any(zeros):
        kinds = [kind for start, kind in _LOOKALIKES.items() if prefix.lstrip().startswith(start)]
        hint = f"; it looks like {kinds[0]}" if kinds else ""
        raise DataError(f"expected to start with the bytes 00 00, got {prefix[:2].hex(' ')}{hint}")
    if code not in TYPES:
        known = ", ".join(f"{known:02x}" for known in TYPES)
        raise DataError(f"expected a type of values among {known}, got {code:02x}")
    np.empty((0,) * dimensions)  # ValueError if NumPy, in this version, allows fewer
    return TYPES[code], dimensions


def _check_limit(shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    # Zeros count as ones: NumPy cannot make (0, 2**32 - 1, 2**32 - 1) either.
    promised = math.prod(max(size, 1) for size in shape) * dtype.itemsize
    if promised > MAX_BYTES:
        raise DataError(f"expected at most {MAX_BYTES} bytes of data, its header promises more")


def _check_length(expected: int, got: int) -> None:
    if got < expected:
        raise DataError(f"is truncated: expected {expected} bytes of data, got {got}")
    if got > expected:
        raise DataError(f"is too long: expected {expected} bytes of data, got more")


def _as_array(shape: tuple[int, ...], dtype: np.dtype[Any], data: bytearray) -> NDArray[Any]:
    """Return the values over the very bytes of `data`, swapped in place where they need it."""
    array: NDArray[Any] = np.ndarray(shape, dtype, data)
    if not dtype.isnative:
        array.byteswap(inplace=True)
    return array.view(dtype.newbyteorder("="))
