"""The data sets that have names: whether their files are there, unharmed."""

from collections.abc import Iterator
from functools import partial

from mnistviz.datasets.cache import missing_files, set_folder
from mnistviz.datasets.named_sets import SETS, NamedSet
from mnistviz.doctor.finding import Finding, guarded


def look_at_sets() -> Iterator[Finding]:
    """Yield what is found of each set."""
    for named in SETS.values():
        yield guarded(named.title, "", partial(_look, named))


def _look(named: NamedSet) -> Finding:
    folder = set_folder(named)
    missing = missing_files(named, folder)
    if not missing:
        size = f"{len(named.files)} files, {named.size / 1e6:.1f} MB"
        return Finding(named.title, "ok", f"{size}, SHA-256 as it should be, in {folder}")
    damaged = [file.name for file in missing if (folder / file.name).exists()]
    told = f"{folder}: {damaged[0]} is damaged" if damaged else "not fetched"
    if named.bundled:
        told = told if damaged else f"{folder}: {missing[0].name} is missing"
        return Finding(named.title, "fail", told, "Install mnistviz anew.")
    return Finding(named.title, "note", told, f"'mnistviz fetch {named.name}' gets it, once.")
