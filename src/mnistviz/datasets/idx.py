"""IDX files, gzipped or bare, to and from arrays; knows nothing of MNIST.

An IDX file is two zero bytes, a byte for the type of the values, a byte for the number of
dimensions, each dimension's size as a big-endian unsigned 32-bit number, and then the values, also
big-endian, the last dimension running fastest.
"""

import gzip
import math
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import DataError

# Twice the largest set that is published in IDX (EMNIST ByClass: 547 MB of training images), so
# that nothing real is refused and a header that lies big is found out before anything is read.
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
_GZIP_WBITS = 16 + zlib.MAX_WBITS  # zlib's way of saying: a gzip wrapper, and no other
_CHUNK_BYTES = 1 << 18
# Of a gzip file, at once. What follows the end of a member is copied, and a hostile file may be
# nothing but millions of empty members.
_GZIPPED_CHUNK_BYTES = 1 << 14
_PREFIX_BYTES = 4

_LOOKALIKES = {
    b"<": "a web page (HTML)",
    b"PK": "a zip archive; unpack it first",
    _GZIP_MAGIC: "a file that was gzipped twice; unpack it once",
}


def read_idx(path: Path) -> NDArray[Any]:
    """Read an IDX file whole.

    Whether it is gzipped is told by its first bytes, not by its name.

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
    _require_regular_file(path)
    try:
        with path.open("rb") as file:
            return _read_open(path, file)
    except (EOFError, zlib.error) as error:
        raise _refusal(path, f"expected a whole gzip stream, got a damaged one: {error}") from error
    except MemoryError as error:
        raise _refusal(path, "expected data that fit into memory, got more than is free") from error
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror or error}") from error


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
        raise _refusal(path, f"expected values of {names}, got {array.dtype}")
    header = struct.pack(f">HBB{array.ndim}I", 0, codes[0], array.ndim, *array.shape)
    content = header + array.astype(TYPES[codes[0]]).tobytes()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


@dataclass(frozen=True)
class _Header:
    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @property
    def data_bytes(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize


def _refusal(path: Path, problem: str) -> DataError:
    return DataError(f"IDX file {path}: {problem}.")


def _require_regular_file(path: Path) -> None:
    # Before opening: to open a named pipe would wait for a writer.
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        raise _refusal(path, f"cannot be read: {reason}") from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise _refusal(path, f"expected a regular file, got {kind}")


def _read_open(path: Path, file: BufferedReader) -> NDArray[Any]:
    gzipped = file.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
    chunks = _gunzip(file) if gzipped else iter(lambda: file.read(_CHUNK_BYTES), b"")
    header, data = _read_header(path, chunks)
    if not gzipped:
        header_bytes = _PREFIX_BYTES + 4 * len(header.shape)
        _check_length(path, header, os.fstat(file.fileno()).st_size - header_bytes)
    # One byte past the end, so that what should not be there shows, and a gzip checksum is read.
    _fill(data, chunks, header.data_bytes + 1)
    _check_length(path, header, len(data), exact=not gzipped)
    return _as_array(header, data)


def _gunzip(file: BufferedReader) -> Iterator[bytes]:
    """Yield what a gzip file holds; Python's own reader overlooks zeros after the last member."""
    data = file.read(_GZIPPED_CHUNK_BYTES)
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
                data += file.read(_GZIPPED_CHUNK_BYTES)


def _fill(buffer: bytearray, chunks: Iterator[bytes], size: int) -> None:
    """Append chunks until the buffer holds at least `size` bytes or there are no more."""
    while len(buffer) < size and (chunk := next(chunks, None)) is not None:
        buffer += chunk


def _read_header(path: Path, chunks: Iterator[bytes]) -> tuple[_Header, bytearray]:
    """Read the header, and return with it the bytes of data that came in the same chunk."""
    start = bytearray()
    _fill(start, chunks, _PREFIX_BYTES)
    dtype, dimensions = _parse_prefix(path, bytes(start[:_PREFIX_BYTES]))
    header_bytes = _PREFIX_BYTES + 4 * dimensions
    _fill(start, chunks, header_bytes)
    _check_header_length(path, header_bytes, len(start))
    header = _Header(dtype, struct.unpack_from(f">{dimensions}I", start, _PREFIX_BYTES))
    _check_limit(path, header)
    return header, start[header_bytes:]


def _parse_prefix(path: Path, prefix: bytes) -> tuple[np.dtype[Any], int]:
    """Return the type of the values and the number of dimensions."""
    _check_header_length(path, _PREFIX_BYTES, len(prefix))
    *zeros, code, dimensions = prefix
    if any(zeros):
        problem = f"expected to start with the bytes 00 00, got {prefix[:2].hex(' ')}"
        raise _refusal(path, problem + _lookalike(prefix))
    if code not in TYPES:
        known = ", ".join(f"{known:02x}" for known in TYPES)
        raise _refusal(path, f"expected a type of values among {known}, got {code:02x}")
    try:
        np.empty((0,) * dimensions)
    except ValueError as error:  # NumPy's limit differs between its versions
        raise _refusal(path, f"has {dimensions} dimensions, too many: {error}") from error
    return TYPES[code], dimensions


def _lookalike(prefix: bytes) -> str:
    kinds = [kind for start, kind in _LOOKALIKES.items() if prefix.lstrip().startswith(start)]
    return f"; it looks like {kinds[0]}" if kinds else ""


def _check_header_length(path: Path, expected: int, got: int) -> None:
    if got < expected:
        state = "too short for its header" if got else "empty"
        raise _refusal(path, f"is {state}: expected at least {expected} bytes, got {got}")


def _check_limit(path: Path, header: _Header) -> None:
    # Zeros count as ones: NumPy cannot make (0, 2**32 - 1, 2**32 - 1) either.
    promised = math.prod(max(size, 1) for size in header.shape) * header.dtype.itemsize
    if promised > MAX_BYTES:
        amount = f"{Decimal(promised):.10g}"  # in full it may have six hundred digits
        problem = f"expected at most {MAX_BYTES} bytes of data, got a header that promises {amount}"
        raise _refusal(path, f"{problem} in {len(header.shape)} dimensions")


def _check_length(path: Path, header: _Header, got: int, *, exact: bool = True) -> None:
    """Compare the bytes of data with the header; not `exact`: there may be more than `got`."""
    expected = header.data_bytes
    if got < expected:
        raise _refusal(path, f"is truncated: expected {expected} bytes of data, got {got}")
    if got > expected:
        amount = f"{got}" if exact else f"at least {expected + 1}"
        raise _refusal(path, f"is too long: expected {expected} bytes of data, got {amount}")


def _as_array(header: _Header, data: bytearray) -> NDArray[Any]:
    """Return the values over the very bytes of `data`, swapped in place where they need it."""
    array: NDArray[Any] = np.ndarray(header.shape, dtype=header.dtype, buffer=data)
    if not header.dtype.isnative:
        array.byteswap(inplace=True)
    return array.view(header.dtype.newbyteorder("="))
