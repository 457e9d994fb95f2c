"""Throws mutated files at `read_idx`, guided by the branches that they reach (atheris, Linux).

    pip install -e '.[fuzz]'
    python scripts/fuzz_idx.py build/fuzz -runs=1000000

The folder keeps the inputs that reached something new, and a `crash-…` for what broke; a next run
starts from them, and `python scripts/fuzz_idx.py build/fuzz/crash-…` repeats one alone. What
follows the folder are libFuzzer's options. Its last `cov:` is the number of branches reached.

Either `read_idx` returns an array, and writing that array again gives the (unzipped) file, or it
raises a MnistvizError of one line; a bare file that is sound it must not refuse. At no time does
it take more memory than the file, the array and `SPARE_BYTES`.
"""

import gzip
import math
import os
import struct
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import atheris
import numpy as np
from numpy.typing import NDArray

with atheris.instrument_imports(include=["mnistviz.datasets.sources.idx"]):
    from mnistviz.datasets import idx

from mnistviz.errors import MnistvizError

# Small, so that short inputs pass through many chunks, and soon promise too much.
CHUNKS = (1, 7, 64, 4096)  # bytes
idx.MAX_BYTES = 1 << 20
SPARE_BYTES = 1 << 18  # the open file's buffer (128 KiB in Python 3.14), the chunks, the message
CODES = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}

# What an input's first byte makes of the rest.
WRAPPINGS: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    lambda plain: gzip.compress(plain, 1, mtime=0),
    lambda plain: b"".join(gzip.compress(part, 1, mtime=0) for part in (plain[:9], plain[9:])),
    lambda plain: gzip.compress(plain[:-1], 1, mtime=0) + plain[-1:],
    lambda plain: gzip.compress(plain, 1, mtime=0)[:-1],
    lambda plain: gzip.compress(gzip.compress(plain, 1, mtime=0), 1, mtime=0),
)


def main() -> None:
    """Write the seeds and run; libFuzzer ends the process."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    place, options = Path(sys.argv[1]), sys.argv[2:]
    if not place.is_file():
        place.mkdir(parents=True, exist_ok=True)
        write_seeds(place)
        options = [f"-artifact_prefix={place}/", *options]
    tracemalloc.start()
    atheris.Setup([sys.argv[0], str(place), *options], Harness().try_input)
    atheris.Fuzz()


def write_seeds(folder: Path) -> None:
    """Write a sound file of every type, bare and as each wrapping has it."""
    for kind, code in CODES.items():
        values = np.arange(24, dtype=f">{kind}").reshape(2, 3, 4)
        plain = header_of(code, values.shape) + values.tobytes()
        for wrapping, wrap in enumerate(WRAPPINGS):
            (folder / f"seed-{kind}-{wrapping}").write_bytes(bytes((wrapping, 2)) + plain)
            (folder / f"seed-{kind}-{wrapping}-raw").write_bytes(b"\0\2" + wrap(plain))


class Harness:
    """Reads one input after another out of a file in memory."""

    def __init__(self) -> None:
        self.file = os.memfd_create("idx")
        self.path = Path(f"/proc/self/fd/{self.file}")

    def try_input(self, data: bytes) -> None:
        """Read what an input stands for, and raise AssertionError if that goes as it must not."""
        wrapping, chunk, plain = *(data[:2] + b"\0\0")[:2], data[2:]
        content = WRAPPINGS[wrapping % len(WRAPPINGS)](plain)
        idx._CHUNK_BYTES = CHUNKS[chunk % len(CHUNKS)]
        os.truncate(self.file, 0)
        os.pwrite(self.file, content, 0)
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        array, refusal = read(self.path)
        used = tracemalloc.get_traced_memory()[1] - before
        limit = len(content) + (0 if array is None else array.nbytes) + SPARE_BYTES
        assert used <= limit, f"took {used} bytes for a file of {len(content)}"
        check(content, array, refusal)


def read(path: Path) -> tuple[NDArray | None, str]:
    """Return the array, or the words of the refusal."""
    try:
        return idx.read_idx(path), ""
    except MnistvizError as error:
        return None, str(error)


def check(content: bytes, array: NDArray | None, refusal: str) -> None:
    """Hold what `read_idx` made of a file against the file."""
    if array is None:
        assert refusal.startswith("IDX file /proc/self/fd/"), refusal
        assert "\n" not in refusal, refusal
        assert not is_sound(content), f"refused a sound file: {refusal}"
    else:
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        assert serialised(array) == plain, f"read {array!r}"


def is_sound(content: bytes) -> bool:
    """Whether a bare file is IDX, of a number of dimensions that every NumPy has."""
    if content[:2] != b"\0\0" or len(content) < 4 or content[2] not in CODES.values():
        return False
    if content[3] > 32 or len(content) < 4 + 4 * content[3]:
        return False
    shape = struct.unpack_from(f">{content[3]}I", content, 4)
    item = {code: int(kind[1]) for kind, code in CODES.items()}[content[2]]
    fits = math.prod(size or 1 for size in shape) * item <= idx.MAX_BYTES
    return fits and len(content) == 4 + 4 * len(shape) + math.prod(shape) * item


def serialised(array: NDArray) -> bytes:
    """Return an array as an IDX file."""
    code = CODES[array.dtype.str[1:]]
    return header_of(code, array.shape) + array.astype(array.dtype.newbyteorder(">")).tobytes()


def header_of(code: int, shape: tuple[int, ...]) -> bytes:
    """Return an IDX header."""
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, code, len(shape), *shape)


if __name__ == "__main__":
    main()
