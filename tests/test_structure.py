"""The packages stand on floors: each imports only from floors below its own."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "mnistviz"
FLOORS = (
    ("errors", "progress", "_version"),
    ("arguments", "input", "output"),
    ("config",),
    ("language",),
    ("datasets", "drawing"),
    ("model", "frame", "formats"),
    ("film", "training", "explorer", "doctor"),
    ("report",),
    ("cli", "__init__", "__main__"),
)
MOST_ARROWS = 116  # between packages and modules that stand in src/mnistviz
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
FILES = sorted(SOURCE.rglob("*.py"))


def part_of(path):
    """Return the package or module of mnistviz to which a file belongs."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path):
    """Yield the modules that a file imports, anywhere in it, with what it imports from them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def ours(path):
    """Yield the parts of mnistviz that a file imports."""
    for name in imports(path):
        if (parts := name.split("."))[0] == "mnistviz":
            named = len(parts) > 1 and any(SOURCE.glob(f"{parts[1]}*"))
            yield parts[1] if named else "__init__"


@pytest.mark.parametrize("part", FLOOR)
def test_a_part_imports_from_lower_floors_alone(part):
    found = {
        f"{path.relative_to(SOURCE)} imports {other}"
        for path in FILES
        if part_of(path) == part
        for other in ours(path)
        if other != part and FLOOR.get(other, len(FLOORS)) >= FLOOR[part]
    }
    assert found <= {"__main__.py imports cli"}  # which it starts


def test_there_are_few_arrows_between_the_parts():
    arrows = {(part_of(path), part) for path in FILES for part in ours(path)}
    assert len([arrow for arrow in arrows if len(set(arrow)) == 2]) <= MOST_ARROWS


def test_every_part_has_a_floor_and_there_are_few():
    parts = {part_of(path) for path in FILES}
    assert parts == set(FLOOR)
    packages = {part for part in parts if (SOURCE / part).is_dir()}
    assert len(packages) <= 11
    assert len(parts - packages) <= 10


def importers(module):
    return {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if any(name.split(".")[0] == module for name in imports(path))
    }


def test_only_renderers_report_and_log_import_matplotlib_and_one_module_starts_programs():
    drawing = {name for name in importers("matplotlib") if not name.startswith("report/")}
    renderers = {"drawing/matplotlib_renderer.py", "drawing/raster.py"}
    typefaces = {"drawing/fonts.py", "drawing/find_fonts.py"}
    assert drawing == {"drawing/__init__.py", "training/log.py", *renderers, *typefaces}
    assert importers("subprocess") == {"formats/ffmpeg.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_nothing_unpickles_and_nothing_starts_a_shell(path):
    forbidden = r"allow_pickle=True|shell=True|os\.(system|popen)|import pickle|pickle\.loads?\("
    assert not re.search(forbidden, path.read_text(encoding="utf-8"))
