"""What the command that draws a page's view again is given: model, data and looks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mnistviz.config import PageConfig, PictureConfig, Wording
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data
from mnistviz.datasets.named_sets import MNIST, SETS, NamedSet
from mnistviz.datasets.source import Source
from mnistviz.model.train import Model, ModelFile, source_of

UNSAVED = "model.npz"  # the file that a model without one needs


def command_of(
    data: Data, model: Model, dataset: Dataset, page: PageConfig, wording: Wording
) -> dict[str, list[str]]:
    """Return the arguments that every command of a page has, and the files that they name.

    Of files it has the names alone: a page that is passed on says nothing of its maker's folders.
    A model or a set that is in memory has no file yet, and gets a name for one.
    """
    files: list[str] = []
    arguments = [
        *_of_model(model, files),
        *_of_data(data, dataset, files),
        *_of_looks(page, wording, files),
    ]
    return {"arguments": arguments, "files": files}


def _of_model(model: Model, files: list[str]) -> Iterator[str]:
    if model is None:
        return
    path = source_of(model)
    yield from ("--model", _named(path if isinstance(path, (Path, str)) else UNSAVED, files))
    for option in ("input_scale", "input_shift", "pixel_order", "class_order", "kind"):
        value = getattr(model, option, None) if isinstance(model, ModelFile) else None
        if value is not None:
            yield from (f"--{option.replace('_', '-')}", _as_argument(value, option, files))


def _of_data(data: Data, dataset: Dataset, files: list[str]) -> Iterator[str]:
    if isinstance(data, Dataset):
        known = [each.name for each in SETS.values() if _is(each, dataset)]
        source = Source(known[0] if known else Path(dataset.name))
    else:
        source = data if isinstance(data, Source) else Source(data)
    if isinstance(source.name, Path) or source.name not in SETS:
        name = _named(Path(source.name).resolve(), files)
        yield from ("--data", f"./{name}" if name in SETS else name)
    elif source.name != MNIST.name:
        yield from ("--data", source.name)
    if source.image_size:
        yield from ("--image-size", "{}x{}".format(*source.image_size))
    if source.invert is not None:
        yield "--invert" if source.invert else "--no-invert"
    if source.test_share is not None:
        yield from ("--test-share", repr(source.test_share))
    for kept in source.keep:
        yield from ("--keep", kept)


def _of_looks(page: PageConfig, wording: Wording, files: list[str]) -> Iterator[str]:
    """Yield the looks that differ from a still's; the theme is up to the reader's browser."""
    for option in ("palette", "weights", "contrast", "title"):
        value = getattr(page, option)
        if value != getattr(PictureConfig, option):
            yield from (f"--{option}", value)
    if wording.language != Wording.language:
        yield from ("--language", wording.language)
    if wording.words:
        yield from ("--words", _named(wording.words, files))


def _as_argument(value: Any, option: str, files: list[str]) -> str:
    """Return a value of `ModelFile` as the command line takes it."""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, (int, float)) or option in ("pixel_order", "kind"):
        return str(value)
    # An array is that of a file.
    is_file = isinstance(value, (Path, str))
    return _named(value if is_file else f"{option.replace('_', '-')}.npy", files)


def _is(named: NamedSet, dataset: Dataset) -> bool:
    """Whether a loaded set is one with a name, and whole."""
    mine = dataset.name, dataset.classes, len(dataset.test)
    return mine == (named.title, named.classes, named.test)


def _named(path: Path | str, files: list[str]) -> str:
    """Return the name of a file, and note it."""
    files.append(Path(path).name)
    return files[-1]
