"""CSV: a row for each image, with its pixels and its label, as Kaggle has MNIST.

Numbers without signs and points are read by NumPy, a block of the file at once; other rows by
Python's own `csv`, which takes quotes and texts.
"""

import csv
import gzip
import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.sources.contents import Contents, Part
from mnistviz.datasets.sources.idx import MAX_BYTES
from mnistviz.datasets.sources.parts import files_of, part_of, parts_of, warn_of_unused
from mnistviz.errors import DataError, harmless, reason
from mnistviz.input import open_file

ENDINGS = (".csv", ".csv.gz", ".csv.zip", ".tsv", ".tsv.gz", ".tsv.zip", ".zip")
LABELS = ("label", "labels", "class", "target", "digit", "category", "y")
ROW_NUMBERS = ("", "index", "id", "unnamed: 0")  # columns that programs write of their own accord
DELIMITERS = ",;\t"
BLOCK = 1 << 22  # bytes of text that are read at once
MOST_LINE = 1 << 20  # bytes: far more than 256×256 pixels take
MOST_TEXT = 1 << 31  # bytes unpacked: the largest published set, EMNIST ByClass, has 1.5 GB
SHOWN = 40  # characters of a field in a message
MOST_WITH_GAPS = 30  # labels; more values with gaps are levels of a pixel
MOST_DIGITS = 5  # of a number that NumPy reads
Matrix = NDArray[Any]


class Table(NamedTuple):
    """Pixels of each row, and its label.

    Attributes
    ----------
    pixels
        (n, pixels) numbers.
    labels
        (n,) numbers or texts.
    """

    pixels: Matrix
    labels: Matrix


def takes(path: Path) -> bool:
    """Whether a path is a CSV file, also packed, or a folder with some."""
    return bool(files_of(path, ENDINGS))


def read(path: Path) -> Contents:
    """Read a CSV file, or one to train and one to test with.

    Parameters
    ----------
    path
        The file, or a folder or a .zip with the two. Each row is an image: its pixels from the top
        left, row by row, and a label, in the first or the last column or in the one that the first
        row calls ``label``, ``class`` or the like. Fields are parted by commas, semicolons or tabs.

    Raises
    ------
    DataError
        A file is damaged or too large; a row is too long or too short; a pixel is no number; or it
        is not clear which column has the labels.
    """
    files = parts_of(path, ENDINGS)
    parts: dict[str, Part] = {}
    for part, paths in zip(("train", "test"), files, strict=True):
        for each in paths:
            for name, where, file in _opened(each):
                key = name if part == "train" and len(paths) == 1 and name else part
                if key in parts:
                    raise DataError(f"{path}: expected one CSV file for each part, got more.")
                parts[key] = _part(file, where, of_test=key == "test")
    if "train" not in parts:
        raise DataError(f"{path}: expected a CSV file to train with, got none.")
    return Contents(parts["train"], parts.get("test"))


def _opened(path: Path) -> Iterator[tuple[str, str, BinaryIO]]:
    """Yield each CSV of a file: its part, if its name in a .zip says one, its name, and itself."""
    with _told(str(path)), open_file(path) as file:
        start = file.peek(2)[:2]
        if start == b"\x1f\x8b":
            yield "", str(path), gzip.GzipFile(fileobj=file)  # type: ignore[misc]
        elif start == b"PK":
            with zipfile.ZipFile(file) as archive:
                yield from _members(path, archive)
        else:
            yield "", str(path), file


def _members(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, str, BinaryIO]]:
    infos = [it for it in archive.infolist() if it.filename.lower().endswith((".csv", ".tsv"))]
    infos = [it for it in infos if not it.filename.startswith(("__MACOSX", "."))]
    by_part: dict[str, zipfile.ZipInfo] = {}
    if len(infos) == 1:
        by_part["train"] = infos[0]
    else:
        for info in infos:
            by_part.setdefault(part_of(Path(info.filename).name), info)
        if "validation" in by_part:
            by_part.setdefault("test", by_part["validation"])
    unused = [it.filename for it in infos if it not in (by_part.get("train"), by_part.get("test"))]
    if "train" not in by_part:
        names = ", ".join(harmless(it.filename) for it in infos[:5]) or "none"
        raise DataError(
            f"expected one CSV file in it, or names with 'train' and 'test' in them, got {names}"
        )
    if unused:
        warn_of_unused(path, [harmless(name) for name in unused])
    for part in ("train", "test"):
        if part in by_part:
            info = by_part[part]
            if info.file_size > MOST_TEXT:
                raise DataError(
                    f"expected at most {MOST_TEXT:,} bytes unpacked, {harmless(info.filename)} "
                    f"promises {info.file_size:,}"
                )
            with archive.open(info) as file:
                yield part, f"{path}, {harmless(info.filename)}", file  # type: ignore[misc]


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Turn what goes wrong with a file within the block into an error that names it."""
    try:
        yield
    except DataError as error:
        said = str(error)
        raise DataError(said if said.startswith(where) else f"{where}: {said}.") from None
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        raise DataError(f"{where}: cannot be read: {reason(error)}.") from error
    except MemoryError:
        raise DataError(
            f"{where}: expected data that fit into memory, got more than is free."
        ) from None


def _part(file: BinaryIO, where: str, of_test: bool) -> Part:
    with _told(where):
        table = _read(file, of_test)
    return Part(table.pixels, table.labels, where, where)


# --- lines


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield whole lines, many at once, with an end of line after each; blank lines are left out."""
    rest, total = b"", 0
    while data := file.read(BLOCK):
        total += len(data)
        if total > MOST_TEXT:
            raise DataError(f"expected at most {MOST_TEXT:,} bytes of text, got more")
        data = rest + data
        end = data.rfind(b"\n") + 1
        block, rest = data[:end], data[end:]
        if len(rest) > MOST_LINE:
            raise DataError(
                f"expected lines of at most {MOST_LINE:,} bytes, got a longer one; is it CSV?"
            )
        if block:
            yield block
    if rest:
        yield rest + b"\n"


def _read(file: BinaryIO, of_test: bool) -> Table:
    blocks = _blocks(file)
    first = next(blocks, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError("expected a text in UTF-8, got UTF-16; save it as UTF-8")
    first = first.removeprefix(b"\xef\xbb\xbf")
    line, _, after = first.partition(b"\n")
    if len(line) > MOST_LINE:
        raise DataError(f"expected lines of at most {MOST_LINE:,} bytes, got a longer one")
    if not line.strip():
        raise DataError("expected a row for each image, got an empty first line")
    delimiter = max(DELIMITERS, key=lambda sign: line.count(sign.encode()))
    header = _fields(line, delimiter, 1)
    columns = len(header)
    names = [field.strip().lower() for field in header]
    if not _is_header(names):
        names, after = [], first
    rows = _rows(blocks, after, delimiter, columns, 1 + bool(names))
    return _parted(rows, names, of_test)


def _is_header(names: list[str]) -> bool:
    """Whether the fields of a first line are names: one is of labels, or most are no number."""
    others = sum(not _is_number(name) for name in names)
    return any(name in LABELS for name in names) or 2 * others > len(names)


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return "_" not in field  # Python would read 8_0 as 80


def _fields(line: bytes, delimiter: str, number: int) -> list[str]:
    try:
        text = line.decode().rstrip("\r\n")
        (fields,) = csv.reader([text], delimiter=delimiter, strict=True)
    except UnicodeDecodeError:
        raise DataError(f"line {number}: expected UTF-8; save it as UTF-8") from None
    except (csv.Error, ValueError) as error:
        raise DataError(f"line {number}: is no row of CSV: {error}") from None
    return fields


# --- rows


def _rows(
    blocks: Iterator[bytes], first: bytes, delimiter: str, columns: int, number: int
) -> list[Matrix]:
    """Return the rows after the header, in matrices of numbers or of texts, one for each block."""
    if columns < 3:
        raise DataError(
            f"expected a label and the pixels of an image in each row, got {columns} columns"
        )
    found: list[Matrix] = []
    held = 0
    for block in _with_first(first, blocks):
        matrix = _numbers(block, ord(delimiter), columns)
        if matrix is None:
            matrix = _texts(block, delimiter, columns, number)
        number += block.count(b"\n")
        held += matrix.nbytes
        if held > MAX_BYTES:
            raise DataError(f"expected at most {MAX_BYTES:,} bytes of numbers, got more")
        if len(matrix):
            found.append(matrix)
    if not found:
        raise DataError("expected a row for each image, got none")
    return found


def _with_first(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from blocks


def _numbers(block: bytes, delimiter: int, columns: int) -> Matrix | None:
    """Return rows (n, columns) of whole numbers of up to 5 digits, or None if there are others."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    signs = np.frombuffer(block, np.uint8)
    digits = signs - np.uint8(ord("0"))  # what is no digit wraps to 10 or more
    ends = np.flatnonzero(digits > 9)
    if len(ends) % columns or not len(ends):
        return None
    by_row = signs[ends].reshape(-1, columns)
    if (by_row[:, -1] != ord("\n")).any() or (by_row[:, :-1] != delimiter).any():
        return None
    lengths = np.diff(ends, prepend=-1) - 1
    longest = int(lengths.max())
    if lengths.min() < 1 or longest > MOST_DIGITS:
        return None
    values: Matrix = digits[ends - 1].astype(np.uint8 if longest < 3 else np.int32)
    for place in range(1, longest):
        there = np.flatnonzero(lengths > place)
        values[there] += digits[ends[there] - 1 - place].astype(values.dtype) * 10**place
    if longest == 3 and values.max(initial=0) <= 255:
        values = values.astype(np.uint8)
    return values.reshape(-1, columns)


def _texts(block: bytes, delimiter: str, columns: int, number: int) -> Matrix:
    """Return rows as texts (n, columns), of any CSV."""
    rows = []
    for place, line in enumerate(block.split(b"\n")[:-1]):
        if not line.strip():
            continue
        fields = _fields(line, delimiter, number + place)
        if len(fields) != columns:
            raise DataError(
                f"line {number + place}: expected {columns} fields, as in the first line, got "
                f"{len(fields)}"
            )
        rows.append(fields)
    longest = max((len(field) for fields in rows for field in fields), default=1)
    if longest * len(rows) * columns * 4 > MAX_BYTES:
        raise DataError(f"line {number} or after: expected short fields, got one of {longest:,}")
    return np.array(rows, dtype=str).reshape(len(rows), columns)


# --- columns


def _parted(rows: list[Matrix], names: list[str], of_test: bool) -> Table:
    columns = rows[0].shape[1]
    kept = [place for place in range(columns) if not names or names[place] not in ROW_NUMBERS]
    label = _label_column(rows, names, kept, of_test)
    pixels = [place for place in kept if place != label]
    labels = np.concatenate([matrix[:, label].astype(str) for matrix in rows])
    levels = np.concatenate([_pixels(matrix, pixels) for matrix in rows])
    if levels.max(initial=0) <= 1:  # the text has no type: 0 and 1 are black and white
        levels = levels.astype(np.float32)
    return Table(levels, labels)


def _pixels(matrix: Matrix, columns: list[int]) -> Matrix:
    chosen = matrix[:, columns[0] : columns[-1] + 1]
    if chosen.shape[1] != len(columns):
        chosen = matrix[:, columns]
    if chosen.dtype.kind != "U":
        return chosen
    try:
        if (np.ascontiguousarray(chosen).view(np.uint32) == ord("_")).any():
            raise ValueError
        return chosen.astype(np.float32)
    except ValueError:
        wrong = next(field for field in chosen.ravel().tolist() if not _is_number(field))
        raise DataError(
            f"expected pixels that are numbers, got {harmless(wrong)[:SHOWN]!r}"
        ) from None


def _label_column(rows: list[Matrix], names: list[str], kept: list[int], of_test: bool) -> int:
    named = [place for place in kept if names and names[place] in LABELS]
    if len(named) == 1:
        return named[0]
    if len(named) > 1:
        both = " and ".join(names[place] for place in named)
        raise DataError(f"expected one column of labels, got {both}")
    if names and _is_square(len(kept)):
        if of_test:
            raise DataError(
                "expected a column 'label', got pixels alone. Without labels nothing can be tested:"
                " name the other file instead, a part of which is then put aside to test with"
            )
        raise DataError("expected a column 'label', got pixels alone")
    kinds = {place: _kind(rows, place) for place in (kept[0], kept[-1])}
    for wanted in ("texts", "numbers"):
        ends = [place for place, kind in kinds.items() if kind == wanted]
        if len(ends) == 1:
            return ends[0]
        if ends:
            break
    problem = "the first and the last column may both be it"
    if not ends:
        problem = "neither the first nor the last column can be it"
    raise DataError(
        f"expected a column of labels, but {problem}; write a first line that calls it 'label'"
    )


def _kind(rows: list[Matrix], place: int) -> str:
    """Return whether a column's values may be labels: 'texts' or 'numbers'; or else ''.

    Many numbers with gaps are levels of a pixel.
    """
    values = np.unique(np.concatenate([np.unique(matrix[:, place].astype(str)) for matrix in rows]))
    if not 2 <= len(values) <= 256:
        return ""
    if not all(map(_is_number, values.tolist())):
        return "texts"
    if not all(value.isdecimal() for value in values.tolist()):
        return ""
    numbers = sorted(map(int, values.tolist()))
    has_gaps = numbers[-1] - numbers[0] >= len(numbers)
    return "" if has_gaps and len(numbers) > MOST_WITH_GAPS else "numbers"


def _is_square(count: int) -> bool:
    return math.isqrt(count) ** 2 == count
