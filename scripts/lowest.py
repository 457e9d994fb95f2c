"""Prints the lowest versions that pyproject.toml allows, as constraints for pip.

    python scripts/lowest.py > lowest.txt
    pip install --constraint lowest.txt '.[test]'

CI runs the tests with exactly these, so that no lower bound promises too much.
"""

import tomllib
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
EXTRAS = ("dask", "heic", "keras", "onnx", "parquet")  # what users install, not what tests need


def main() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = (project["optional-dependencies"][name] for name in EXTRAS)
    for needed in map(Requirement, chain(project["dependencies"], *extras)):
        lowest = next(each.version for each in needed.specifier if each.operator == ">=")
        print(f"{needed.name}=={lowest}")


if __name__ == "__main__":
    main()
