"""What the files of published sets are called, and which of them are in a folder."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.errors import DataError

Key = tuple[str, str]  # 'train' or 'test', 'images' or 'labels'

_SPLITS = ("byclass", "bymerge", "balanced", "letters", "digits", "mnist")
_KINDS = {"images": "idx3-ubyte", "labels": "idx1-ubyte"}


@dataclass(frozen=True)
class Family:
    """How the files of one set are called.

    Attributes
    ----------
    name
        '' where the files are called as MNIST's are.
    stems
        For each file its names without ``.gz``, the first of which counts first.
    """

    name: str
    stems: dict[Key, tuple[str, ...]]

    def names(self, key: Key) -> list[str]:
        """Return all names that a file may have, the first of which counts first."""
        spelt = [s for stem in self.stems[key] for s in (stem, stem.replace("-idx", ".idx"))]
        return [stem + suffix for stem in spelt for suffix in ("", ".gz")]


def _family(name: str, test: str, pattern: str, **formats: str) -> Family:
    parts = {"train": ("train",), "test": tuple(test.split())}
    return Family(
        name,
        {
            (part, kind): tuple(
                pattern.format(part=word, kind=kind, axis="X" if kind == "images" else "y")
                + f"-{formats.get(kind, form)}"
                for word in words
            )
            for part, words in parts.items()
            for kind, form in _KINDS.items()
        },
    )


MNIST = _family("", "t10k test", "{part}-{kind}")
QMNIST = _family("qmnist", "test", "qmnist-{part}-{kind}", labels="idx2-int")
KANNADA = _family("kannada", "test", "{axis}_kannada_MNIST_{part}")
FAMILIES = (
    MNIST,
    QMNIST,
    KANNADA,
    *(_family(f"emnist-{name}", "test", f"emnist-{name}-{{part}}-{{kind}}") for name in _SPLITS),
)


def holds_idx(folder: Path) -> bool:
    """Whether a folder has at least one file with the name of a set's.

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
        The set's name as its files say it, '' for MNIST's names.
    dict
        The four files.

    Raises
    ------
    DataError
        The folder cannot be read, lacks a file, or has files of several sets.
    """
    present = _file_names(folder)
    families = _families_in(present) or [MNIST]
    if len(families) > 1:
        names = [f.names(k)[0] for f in families for k in list(f.stems)[:1]]
        raise DataError(
            f"Data folder {folder} holds files of {len(families)} sets, such as "
            f"{' and '.join(names)}.\nExpected one set in a folder: move the others elsewhere."
        )
    return families[0].name, _files_of(families[0], folder, present)


def _families_in(present: set[str]) -> list[Family]:
    return [
        family
        for family in FAMILIES
        if any(not present.isdisjoint(family.names(key)) for key in family.stems)
    ]


def _files_of(family: Family, folder: Path, present: set[str]) -> dict[Key, Path]:
    found = {}
    for key in family.stems:
        if names := [name for name in family.names(key) if name in present]:
            found[key] = folder / names[0]
    if missing := [key for key in family.stems if key not in found]:
        lacking = ", ".join(family.stems[key][0] for key in missing)
        raise DataError(
            f"Data folder {folder} lacks {lacking}.\n"
            f"Accepted names, here of the first: {', '.join(family.names(missing[0]))}."
        )
    return found


def _file_names(folder: Path) -> set[str]:
    # Folders do not count: some archives unpack each file into a folder of the same name.
    try:
        return {entry.name for entry in folder.iterdir() if not entry.is_dir()}
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        expected = ", ".join(stems[0] for stems in MNIST.stems.values())
        raise DataError(
            f"Data folder {folder} cannot be read: {reason}.\nExpected a folder that holds "
            f"{expected}."
        ) from error
