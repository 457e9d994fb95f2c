"""Finds the four IDX files of a set in a folder, by the names that published sets give them."""

from pathlib import Path

from mnistviz.errors import DataError, reason

Key = tuple[str, str]  # 'train' or 'test', 'images' or 'labels'
Stems = dict[Key, tuple[str, ...]]  # names without .gz; a file with the first is preferred


def _stems(pattern: str, test: str = "test", labels: str = "idx1-ubyte") -> Stems:
    return {
        (part, kind): tuple(
            f"{pattern.format(part=word, kind=kind, axis=axis)}-{form}" for word in words.split()
        )
        for part, words in (("train", "train"), ("test", test))
        for kind, axis, form in (("images", "X", "idx3-ubyte"), ("labels", "y", labels))
    }


_SPLITS = ("byclass", "bymerge", "balanced", "letters", "digits", "mnist")
MNIST = _stems("{part}-{kind}", test="t10k test")
FAMILIES = {
    "": MNIST,
    "qmnist": _stems("qmnist-{part}-{kind}", labels="idx2-int"),
    "kannada": _stems("{axis}_kannada_MNIST_{part}"),
    **{f"emnist-{name}": _stems(f"emnist-{name}-{{part}}-{{kind}}") for name in _SPLITS},
}


def holds_idx(folder: Path) -> bool:
    """Return whether a folder has at least one file with a name that `find_files` knows.

    Raises
    ------
    DataError
        The folder cannot be read.
    """
    return bool(_families_in(_file_names(folder)))


def find_files(folder: Path) -> tuple[str, dict[Key, Path]]:
    """Find the four files of the one set that a folder holds.

    Returns
    -------
    str
        A key of `FAMILIES`: the set that names its files so, '' for MNIST's names.
    dict
        The four files.

    Raises
    ------
    DataError
        The folder cannot be read, lacks a file, or has files of several sets.
    """
    present = _file_names(folder)
    families = _families_in(present) or [""]
    if len(families) > 1:
        names = [FAMILIES[family]["train", "images"][0] for family in families]
        raise DataError(
            f"Data folder {folder} holds files of {len(families)} sets, such as "
            f"{' and '.join(names)}.\nExpected one set in a folder: move the others elsewhere."
        )
    stems = FAMILIES[families[0]]
    found = {key: [name for name in _names(stems[key]) if name in present] for key in stems}
    if missing := [stems[key] for key, names in found.items() if not names]:
        raise DataError(
            f"Data folder {folder} lacks {', '.join(first for first, *_ in missing)}.\n"
            f"Accepted names, here of the first: {', '.join(_names(missing[0]))}."
        )
    return families[0], {key: folder / names[0] for key, names in found.items()}


def _names(stems: tuple[str, ...]) -> list[str]:
    """Return all names that a file may have, the preferred one first."""
    spelt = [each for stem in stems for each in (stem, stem.replace("-idx", ".idx"))]
    return [stem + suffix for stem in spelt for suffix in ("", ".gz")]


def _families_in(present: set[str]) -> list[str]:
    return [
        family
        for family, stems in FAMILIES.items()
        if any(not present.isdisjoint(_names(each)) for each in stems.values())
    ]


def _file_names(folder: Path) -> set[str]:
    # Folders do not count: some archives unpack each file into a folder of the same name.
    try:
        return {entry.name for entry in folder.iterdir() if not entry.is_dir()}
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        expected = ", ".join(stems[0] for stems in MNIST.values())
        raise DataError(
            f"Data folder {folder} cannot be read: {reason(error)}.\n"
            f"Expected a folder that holds {expected}."
        ) from error
