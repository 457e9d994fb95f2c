"""Who may import whom, so that the data's way stays as plain as it is drawn."""

import ast
from pathlib import Path

import pytest

import mnistviz

PACKAGE = Path(mnistviz.__file__).parent
BASE = {"errors", "config"}
MAY_IMPORT = {
    "errors": set(),
    "config.checking": {"errors"},
    "config.training": {"errors"},
    "config.picture": {"config.checking", "errors"},
    "config.film": {"config.checking", "errors"},
    "progress": set(),
    "output": {"errors"},
    "idx": {"errors"},
    "dataset": set(),
    "sets": set(),
    "cache": {"output", "sets"},
    "download": set(),
    "fetch": {"cache", "download", "progress", "sets"},
    "class_names": {"dataset"},
    "idx_names": set(),
    "idx_folder": {"class_names", "dataset", "idx", "idx_names"},
    "picture_file": {"dataset"},
    "picture_folder": {"class_names", "dataset", "picture_file"},
    "loading": {
        *("cache", "dataset", "fetch", "idx_folder", "idx_names", "picture_folder", "progress"),
        "sets",
    },
    "conversion": {"class_names", "dataset", "folder_output", "idx", "idx_names"},
    "model": set(),
    "npz": set(),
    "model_bytes": set(),
    "model_file": {"model", "model_bytes", "npz"},
    "tensors": {"model_bytes", "npz"},
    "linear_weights": {"model", "tensors"},
    "model_reading": {"linear_weights", "model_bytes", "model_file", "npz", "tensors"},
    "gradient": set(),
    "optimiser": set(),
    "training": {"dataset", "gradient", "model", "optimiser"},
    "ink": set(),
    "image_form": {"ink"},
    "own_images": {"dataset", "image_form", "ink", "picture_file"},
    "reel": {"dataset", "model"},
    "selection": {"dataset"},
    "introduction": {"layout", "stage"},
    "opening": {"compose", "introduction", "layout", "reel", "scene", "wording"},
    "choice": {"dataset", "layout", "own_images", "reel", "stage", "wording"},
    "layout.places": set(),
    "layout.plan": {"layout.places"},
    "layout.naming": {"layout.plan"},
    "layout.upright_plan": {"layout.places", "layout.plan"},
    "layout.turned_plan": {"layout.places", "layout.plan"},
    "layout.fitting": {"layout.places", "layout.plan", "layout.turned_plan", "layout.upright_plan"},
    "layout.placing": {"layout.places", "layout.plan"},
    "layout.upright": {
        *("layout.naming", "layout.places", "layout.placing", "layout.plan", "layout.upright_plan"),
    },
    "layout.turned": {
        *("layout.naming", "layout.places", "layout.placing", "layout.plan", "layout.turned_plan"),
    },
    "layout.arrange": {
        *("layout.fitting", "layout.places", "layout.plan", "layout.turned", "layout.turned_plan"),
        *("layout.upright", "layout.upright_plan"),
    },
    "theme": set(),
    "scene": {"layout", "theme"},
    "scales": {"model"},
    "wording": {"layout"},
    "cells": {"layout", "model", "scales", "scene", "theme"},
    "bar_row": {"layout", "scene", "theme", "wording"},
    "headline": {"layout", "reel", "scene", "theme", "wording"},
    "compose": {
        *("bar_row", "cells", "headline", "layout", "model", "reel", "scales", "scene", "theme"),
        "wording",
    },
    "stage": {"scene", "theme"},
    "yuv": set(),
    "lettering": {"layout", "scene", "stage", "theme", "yuv"},
    "strokes": {"lettering", "scene", "theme", "yuv"},
    "painter": {"scene", "stage", "strokes", "yuv"},
    "timeline": set(),
    "display": set(),
    "results": {"display"},
    "notes.cues": set(),
    "notes.ffmetadata": {"notes.cues"},
    "notes.wording": {"wording"},
    "notes.shown": {"dataset", "model", "notes.wording", "selection"},
    "notes.beside": {"output"},
    "notes.film": {
        *("compose", "dataset", "formats", "notes.beside", "notes.captions", "notes.chapters"),
        *("notes.cues", "notes.ffmetadata", "notes.shown", "notes.wording", "scene", "stage"),
        *("timeline", "wording"),
    },
    "notes.captions": {"notes.cues", "notes.shown", "notes.wording", "timeline"},
    "notes.chapters": {"notes.cues", "notes.shown", "notes.wording", "timeline", "wording"},
    "training_film.notes": {
        *("dataset", "notes", "training_film.reel", "training_film.wording", "wording"),
    },
    "training_film.reel": {"model"},
    "training_film.snapshots": {"dataset", "model", "training", "training_film.reel"},
    "training_film.layout": {"layout"},
    "training_film.plan": {"layout", "training_film.layout"},
    "training_film.arrange": {"layout", "training_film.layout", "training_film.plan"},
    "training_film.wording": {"training_film.layout", "wording"},
    "training_film.chart": {"layout", "scene", "theme", "training_film.layout"},
    "training_film.compose": {
        *("layout", "scales", "scene", "theme", "training_film.chart", "training_film.layout"),
        *("training_film.reel", "training_film.wording", "wording"),
    },
    "training_film.rendering": {
        *("checks", "dataset", "film_formats", "filming", "layout", "models", "notes", "progress"),
        *("results", "scene", "stage", "theme", "training_film.arrange", "training_film.compose"),
        *("training_film.layout", "training_film.notes", "training_film.reel"),
        *("training_film.snapshots", "training_film.wording"),
    },
    "stills": {"output", "results", "scene", "stage", "wording"},
    "ffmpeg": set(),
    "formats.companions": {"ffmpeg"},
    "formats.film_format": {"ffmpeg", "formats.companions", "timeline"},
    "formats.encoded_format": {"ffmpeg", "formats.film_format"},
    "formats.codecs": set(),
    "formats.mp4": {"ffmpeg", "formats.codecs", "formats.companions", "formats.encoded_format"},
    "formats.webm": {"ffmpeg", "formats.codecs", "formats.companions", "formats.encoded_format"},
    "formats.gif": {"ffmpeg", "formats.encoded_format"},
    "formats.webp": {"ffmpeg", "formats.encoded_format"},
    "formats.pngs": {"ffmpeg", "formats.encoded_format"},
    "formats.y4m": {"formats.film_format"},
    "formats.kinds": {"formats", "timeline"},
    "video": {"ffmpeg", "formats.encoded_format"},
    "streaming": {"formats.y4m"},
    "folder_output": {"output"},
    "film_formats": {"formats", "introduction", "timeline", "training_film.reel"},
    "checks": {
        *("ffmpeg", "film_formats", "folder_output", "formats", "layout", "notes", "output"),
        *("stage", "stills", "streaming"),
    },
    "models": {
        *("checks", "dataset", "linear_weights", "model", "model_file", "model_reading", "output"),
        *("progress", "training", "wording"),
    },
    "doctor.finding": set(),
    "doctor.packages": {"doctor.finding"},
    "doctor.video": {"doctor.finding", "ffmpeg", "formats", "timeline", "video"},
    "doctor.letters": {"doctor.finding", "stage"},
    "doctor.sets": {"cache", "doctor.finding", "sets"},
    "doctor.folders": {"cache", "doctor.finding", "output", "sets"},
    "doctor.examination": {"doctor"},
    "evaluation": set(),
    "evaluation_table": {"evaluation", "wording"},
    "report.style": {"layout", "stage", "theme"},
    "report.numbers": {"evaluation", "report.style", "wording"},
    "report.reliability": {"evaluation", "report.style"},
    "report.weights": {"evaluation", "model", "report.style", "scales", "theme", "wording"},
    "report.mistakes": {
        *("dataset", "evaluation", "model", "report.style", "scales", "theme", "wording"),
    },
    "report.html": {"evaluation", "wording"},
    "report.pages": {
        *("dataset", "evaluation", "model", "report.html", "report.mistakes", "report.numbers"),
        *("report.reliability", "report.style", "report.weights", "stage"),
    },
    "evaluating": {"checks", "dataset", "evaluation", "models", "output", "progress", "report"},
    "assembly": {
        *("compose", "dataset", "layout", "model", "scales", "selection", "stage", "theme"),
        "wording",
    },
    "explorer.colours": {"theme"},
    "explorer.packing": {
        *("dataset", "explorer.colours", "image_form", "ink", "model", "scales", "wording"),
    },
    "explorer.assembling": set(),
    "exploring": {
        *("assembly", "checks", "dataset", "explorer", "models", "output", "progress", "results"),
        "selection",
    },
    "filming": {
        *("folder_output", "formats", "output", "painter", "scene", "stage", "streaming", "video"),
    },
}
PACKAGES = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if path.parent.name != "cli" and not path.stem.startswith("__")
)


def file_of(module):
    return PACKAGE / f"{module.replace('.', '/')}.py"


def imports(path):
    """Return the modules of this package, and the other packages, that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    own = {room_of(name.split(".")[1:]) for name in found if name.startswith("mnistviz.")}
    return own & {*MODULES, *PACKAGES}, {name.split(".")[0] for name in found}


def room_of(parts):
    """Return the module that a dotted name begins with, or the package."""
    within = ".".join(parts[:2])
    return within if within in MODULES else parts[0]


def are_allowed(rooms, allowed):
    """Whether each room, or the package that it is in, is among those that are allowed."""
    return all(room in allowed or room.split(".")[0] in allowed for room in rooms)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "pipeline"])
def test_a_module_imports_only_what_stands_before_it(module):
    own, _ = imports(file_of(module))
    assert are_allowed(own, MAY_IMPORT[module] | BASE), own


def test_nothing_imports_the_command_line_and_it_imports_no_room_but_the_story_tellers():
    assert "cli" not in imports(PACKAGE / "pipeline.py")[0]
    for path in (PACKAGE / "cli").glob("*.py"):
        allowed = {"cli", "config", "errors", "loading", "progress", "wording"}
        allowed |= {"cache", "checks", "fetch", "model_reading", "models", "pipeline", "sets"}
        allowed |= {"evaluating", "evaluation_table", "exploring", "introduction", "results"}
        allowed |= {"doctor", "training_film.rendering"}
        assert are_allowed(imports(path)[0], allowed), path.name


@pytest.mark.parametrize(("package", "room"), [("matplotlib", "stage"), ("subprocess", "ffmpeg")])
def test_only_one_room_of_the_film_imports(package, room):
    film = [m for m in MODULES if not m.startswith("report.")]
    assert [m for m in film if package in imports(file_of(m))[1]] == [room]


def test_nothing_unpickles_and_nothing_starts_a_shell():
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in ("import pickle", "allow_pickle=True", "shell=True", "os.system", "eval("):
            assert word not in text, path.name
