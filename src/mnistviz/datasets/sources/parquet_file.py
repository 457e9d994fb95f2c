"""Parquet, as Hugging Face keeps sets of images: a column of pictures and one of labels."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from mnistviz.datasets.picture_file import grey_of
from mnistviz.datasets.sources.contents import Contents, Part, Pictures
from mnistviz.datasets.sources.idx import MAX_BYTES
from mnistviz.datasets.sources.parts import files_of, parts_of
from mnistviz.errors import DataError, reason
from mnistviz.input import open_file

ENDINGS = (".parquet",)
NEEDED = "reading .parquet needs pyarrow: pip install 'mnistviz[parquet]'"


def takes(path: Path) -> bool:
    """Whether a path is a .parquet, or a folder with some."""
    return bool(files_of(_inside(path), ENDINGS))


def _inside(path: Path) -> Path:
    """Return the folder of the files: in Hugging Face's repositories it is the one inside."""
    if path.is_dir() and not files_of(path, ENDINGS):
        found = [it for it in path.iterdir() if it.is_dir() and files_of(it, ENDINGS)]
        return found[0] if len(found) == 1 else path
    return path


def read(path: Path) -> Contents:
    """Read Parquet files; a part may have several, in natural order.

    Parameters
    ----------
    path
        The file, or a folder with files to train and to test with, told by their names. A column
        has pictures, as structs with their ``bytes`` or as bytes; another one whole numbers or
        texts. Names of the classes are those of the files' metadata.

    Raises
    ------
    DataError
        pyarrow is missing; or a file is damaged, too large, or has no such columns.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise DataError(f"{path}: {NEEDED}") from None
    files = parts_of(_inside(path), ENDINGS)
    _check_shards(path, [*files.train, *files.test])
    train, classes = _part(files.train)
    test, others = _part(files.test) if files.test else (None, classes)
    if others != classes:
        raise DataError(
            f"{path}: expected the same class names in all files, got {classes} to train with and "
            f"{others} to test with."
        )
    return Contents(train, test, classes)


def _check_shards(path: Path, files: list[Path]) -> None:
    """Refuse files of which the names say that there are more: train-00000-of-00002."""
    found: dict[tuple[str, int], set[int]] = {}
    for each in files:
        if match := re.fullmatch(r"(.*)-(\d+)-of-(\d+)\.parquet", each.name):
            found.setdefault((match[1], int(match[3])), set()).add(int(match[2]))
    for (name, whole), numbers in found.items():
        if len(numbers) != whole:
            raise DataError(
                f"{path}: expected all {whole} files of {name}, as their names say, got "
                f"{len(numbers)}."
            )


def _part(paths: list[Path]) -> tuple[Part, tuple[str, ...] | None]:
    tables = [_table(path) for path in paths]
    images: list[bytes] = []
    labels: list[Any] = []
    names: list[str] = []
    classes = None
    for path, table in zip(paths, tables, strict=True):
        image, label = _columns(path, table)
        column = table.column(image).to_pylist()
        images += [it["bytes"] if isinstance(it, dict) else it for it in column]
        labels += table.column(label).to_pylist()
        names += [f"{path}, row {row}" for row in range(len(column))]
        classes = classes or _classes(table, label)
    for place, (data, label) in enumerate(zip(images, labels, strict=True)):
        if not isinstance(data, bytes) or label is None:
            raise DataError(f"{names[place]}: expected a picture and a label, got none.")
    pictures = Pictures(names, lambda place: grey_of(images[place], names[place]))
    where = str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
    return Part(pictures, np.array(labels), where, where), classes


def _table(path: Path) -> Any:
    """Return the table of a file, after its size was found to be one that memory holds."""
    import pyarrow as arrow
    from pyarrow import parquet

    try:
        with open_file(path) as file:
            found = parquet.ParquetFile(file)
            groups = range(found.metadata.num_row_groups)
            unpacked = sum(found.metadata.row_group(it).total_byte_size for it in groups)
            if unpacked > MAX_BYTES:
                raise DataError(f"expected at most {MAX_BYTES:,} bytes unpacked, got {unpacked:,}")
            return found.read()
    except DataError as error:
        raise DataError(f"{path}: {error}.") from None
    except (arrow.ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        said = reason(error).splitlines()[:1] or ["it is damaged"]
        raise DataError(f"{path}: cannot be read as Parquet: {said[0]}") from error


def _columns(path: Path, table: Any) -> tuple[str, str]:
    """Return the names of the columns of pictures and of labels."""
    import pyarrow.types as kinds

    def is_picture(kind: Any) -> bool:
        if kinds.is_struct(kind):
            fields = {kind.field(place).name for place in range(kind.num_fields)}
            return "bytes" in fields
        return bool(kinds.is_binary(kind) or kinds.is_large_binary(kind))

    def is_label(kind: Any) -> bool:
        texts = kinds.is_string(kind) or kinds.is_large_string(kind)
        return bool(texts or kinds.is_integer(kind))

    schema = table.schema
    found = [
        [field.name for field in schema if accepts(field.type)]
        for accepts in (is_picture, is_label)
    ]
    for names in found:
        if len(names) > 1:
            preferred = [it for it in names if it.lower() in ("image", "img", "label", "labels")]
            names[:] = preferred if len(preferred) == 1 else names
    if [len(names) for names in found] != [1, 1]:
        columns = ", ".join(f"{field.name} ({field.type})"[:60] for field in schema)
        raise DataError(
            f"{path}: expected a column 'image' of pictures and a column 'label', got "
            f"{columns:.300}."
        )
    return found[0][0], found[1][0]


def _classes(table: Any, label: str) -> tuple[str, ...] | None:
    """Return the names of the classes that Hugging Face's metadata give, if they do."""
    try:
        metadata = json.loads((table.schema.metadata or {}).get(b"huggingface", b"{}"))
        names = metadata["info"]["features"][label]["names"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return tuple(map(str, names)) if isinstance(names, list) else None
