"""An IDX writer that shares no code with the package, and data folders made with it."""

import gzip
import struct
from pathlib import Path

import numpy as np

# NumPy's name of a type -> the code in the header, and struct's letter for a value.
TYPES = {
    "uint8": (0x08, "B"),
    "int8": (0x09, "b"),
    "int16": (0x0B, "h"),
    "int32": (0x0C, "i"),
    "float32": (0x0D, "f"),
    "float64": (0x0E, "d"),
}

Pair = tuple[np.ndarray, np.ndarray]


def idx_header(code: int, sizes: tuple[int, ...]) -> bytes:
    return struct.pack(f">BBBB{len(sizes)}I", 0, 0, code, len(sizes), *sizes)


def idx_bytes(array: np.ndarray) -> bytes:
    code, letter = TYPES[array.dtype.name]
    values = array.ravel().tolist()
    return idx_header(code, array.shape) + struct.pack(f">{len(values)}{letter}", *values)


def write_idx(path: Path, array: np.ndarray, *, gzipped: bool = False) -> Path:
    content = idx_bytes(array)
    path.write_bytes(gzip.compress(content, mtime=0) if gzipped else content)
    return path


def random_pair(count: int, size: tuple[int, int] = (4, 6), seed: int = 0) -> Pair:
    """Return images (count, height, width) and labels 0 to 9 (count,), both uint8."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (count, *size), dtype=np.uint8)
    return images, rng.integers(0, 10, count, dtype=np.uint8)


def file_names(*, dots: bool = False, suffix: str = "") -> list[str]:
    """Return the names of training images and labels, then of test images and labels."""
    stems = [
        f"{part}-{kind}-ubyte"
        for part in ("train", "t10k")
        for kind in ("images-idx3", "labels-idx1")
    ]
    return [(stem.replace("-idx", ".idx") if dots else stem) + suffix for stem in stems]


def write_dataset(
    folder: Path,
    train: Pair | None = None,
    test: Pair | None = None,
    *,
    dots: bool = False,
    gzipped: bool = False,
) -> Path:
    """Write the four files (40 and 20 random images where none are given) and return the folder."""
    arrays = (*(train or random_pair(40, seed=1)), *(test or random_pair(20, seed=2)))
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(dots=dots, suffix=".gz" if gzipped else "")
    for name, array in zip(names, arrays, strict=True):
        write_idx(folder / name, array, gzipped=gzipped)
    return folder
