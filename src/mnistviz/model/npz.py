"""Arrays in an .npz, read without believing anything that the file says of itself.

Nothing is unpickled or evaluated, and nothing is allocated before the bytes are there.
"""

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import ModelError

# NumPy's own header parser evaluates Python, warns, and lets all sorts of exceptions out of a
# damaged header; the writer below makes nothing but these.
_NPY = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([^']{1,20})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,9}, ?){0,8}(?:\d{1,9})?)\), \} *\n",
    re.DOTALL,
)
_NUMBERS = re.compile(r"[<>]f[248]|[<>|][iu][1248]")
_MOST_NUMBERS = 64 * 2**20  # bytes of an array of other people's
# Of a directory of a million members, 50 bytes each, zipfile makes a gigabyte of objects.
_MOST_MEMBERS = 100
_ZIP_ENTRY = b"PK\x01\x02"
# Out of a damaged archive zipfile lets more than the first, which is all that it documents.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Member(NamedTuple):
    """What an array of a file must be."""

    name: str
    kind: str  # NumPy's type, as in '<f4'; '<U' is text of any length
    dimensions: int
    most_bytes: int  # of the .npy, header and all


def pack(member: Member, array: NDArray[Any]) -> bytes:
    """Return the array as an .npy file, little-endian and in C order on every machine."""
    buffer = io.BytesIO()
    stored = np.asarray(array, array.dtype.newbyteorder("<"), order="C")
    np.lib.format.write_array(buffer, stored, version=(1, 0), allow_pickle=False)
    if buffer.tell() > member.most_bytes:
        raise ModelError(
            f"{member.name} takes {buffer.tell()} bytes, and a model file keeps at most "
            f"{member.most_bytes}"
        )
    return buffer.getvalue()


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open the bytes of an .npz; whatever zipfile runs into in it is a ModelError."""
    if (entries := data.count(_ZIP_ENTRY)) > _MOST_MEMBERS:
        raise ModelError(f"expected at most {_MOST_MEMBERS} members, got about {entries}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except ZIP_ERRORS as error:
        raise ModelError(
            f"the file ({len(data)} bytes) is damaged or cut short: {error}; make it anew"
        ) from None


def unpack(archive: zipfile.ZipFile, member: Member) -> NDArray[Any]:
    """Decode one member; the sizes that it claims are compared before anything is allocated."""
    name, kind, dimensions, most_bytes = member
    found, order, shape, body = _parsed(name, _unpacked(archive, name, most_bytes))
    typed = re.fullmatch(r"<U[1-9]\d{0,6}", found) if kind == "<U" else found == kind
    if not typed or len(shape) != dimensions:
        raise ModelError(
            f"expected {name} of type {kind} in {dimensions} dimensions, "
            f"got {found!r} of shape {shape}"
        )
    return _decoded(name, np.dtype(found), shape, body, order)


def unpack_numbers(archive: zipfile.ZipFile, name: str) -> NDArray[Any] | None:
    """Decode a member of other people's: None if it is not of real numbers."""
    return _numbers(name, _unpacked(archive, name, _MOST_NUMBERS))


def numbers_of_npy(data: bytes) -> NDArray[Any]:
    """Decode an .npy of real numbers."""
    numbers = _numbers("the array", data)
    if numbers is None:
        raise ModelError("expected an .npy of whole numbers, or of float16, float32 or float64")
    return numbers


def _numbers(name: str, data: bytes) -> NDArray[Any] | None:
    found, order, shape, body = _parsed(name, data)
    if not _NUMBERS.fullmatch(found):
        return None
    return _decoded(name, np.dtype(found), shape, body, order)


def _parsed(name: str, data: bytes) -> tuple[str, Literal["C", "F"], tuple[int, ...], bytes]:
    """Return type, order, shape and body of an .npy, as it claims."""
    header = _NPY.match(data)
    if header is None:
        raise ModelError(f"expected a plain array as {name}.npy, got {data[:80]!r}")
    found, numbers = header[1].decode("ascii", "backslashreplace"), re.findall(rb"\d+", header[3])
    order: Literal["C", "F"] = "F" if header[2] == b"True" else "C"
    return found, order, tuple(map(int, numbers)), data[header.end() :]


def _decoded(
    name: str,
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    body: bytes,
    order: Literal["C", "F"],
) -> NDArray[Any]:
    if math.prod(shape) * dtype.itemsize != len(body):
        raise ModelError(
            f"expected {math.prod(shape) * dtype.itemsize} bytes for {name} of shape {shape}, "
            f"got {len(body)}"
        )
    if dtype.kind == "U":
        try:
            body.decode("utf-32-le")
        except UnicodeDecodeError as error:
            raise ModelError(f"expected text in {name}.npy: {error}") from None
    return np.frombuffer(body, dtype).reshape(shape, order=order).astype(dtype.newbyteorder("="))


def _unpacked(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    """Return a member's bytes, no more than it claims and no more than the limit."""
    info = archive.getinfo(f"{name}.npy")
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ModelError(
            f"expected {name}.npy stored or deflated, got it encrypted or packed by "
            f"method {info.compress_type}"
        )
    if info.file_size > most_bytes:
        raise ModelError(f"expected at most {most_bytes} bytes of {name}, got {info.file_size}")
    # With a size: without one, zipfile unpacks all that there is before it cuts it off.
    with archive.open(info) as file:
        return file.read(info.file_size + 1)
