"""`mnistviz doctor`, on machines that are well and on sick ones."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mnistviz.doctor import video
from mnistviz.doctor.letters import LETTERS
from mnistviz.formats.choose import CODECS
from mnistviz.formats.codecs import ENCODERS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "mnistviz"


def doctor(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "mnistviz", "doctor", *arguments],
        cwd=cwd,
        env=os.environ | {name: str(value) for name, value in environment.items()},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def findings(told):
    """Return what was found by its subject, from JSON."""
    assert told.stderr == ""
    return {each.pop("subject"): each for each in json.loads(told.stdout)["findings"]}


def test_where_all_is_well_each_thing_is_told_and_the_exit_status_is_0(tmp_path):
    told = doctor(cwd=tmp_path, MNISTVIZ_CACHE=tmp_path / "cache")
    assert told.returncode == 0, told.stdout
    states = {line[6:22].strip(): line[:6].strip() for line in told.stdout.splitlines()}
    for subject in ("Python", "numpy", "pillow", "ffmpeg", "GIF", "trial film", "letters", "MNIST",
                    "this folder", "temporary", "cache"):  # fmt: skip
        assert states[subject] == "ok", subject
    assert states["Fashion-MNIST"] == "note"
    assert "not fetched\n" in told.stdout
    assert "'mnistviz fetch fashion' gets it" in told.stdout
    assert told.stdout.endswith("\nA film can be made.\n")
    assert list(tmp_path.iterdir()) == [], "something was left behind"


def test_on_a_machine_where_much_is_broken_each_break_is_told_with_what_to_do(tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "numpy.py").write_text(
        "raise ImportError('PLEASE READ THIS') from OSError('no BLAS\\n\\nlong explanation')\n"
    )
    told = doctor(
        "--json",
        cwd=tmp_path,
        PYTHONPATH=broken,
        IMAGEIO_FFMPEG_EXE=tmp_path / "gone.exe",
        MNISTVIZ_CACHE=broken / "numpy.py" / "cache",
    )
    assert told.returncode == 1
    found = findings(told)
    assert found["numpy"]["state"] == "fail"
    assert found["numpy"]["told"] == "OSError: no BLAS"
    assert "-m pip install --force-reinstall 'numpy>=" in found["numpy"]["advice"]
    assert found["ffmpeg"]["state"] == "fail"
    assert "gone.exe does not run" in found["ffmpeg"]["told"]
    assert "unset that, or name another" in found["ffmpeg"]["told"]
    assert "trial film" not in found
    assert found["cache"]["state"] == "note"
    assert "MNISTVIZ_CACHE" in found["cache"]["advice"]
    assert found["click"]["state"] == found["MNIST"]["state"] == "ok"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the package and its data, in which one file of them is damaged."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PACKAGE, root / "src" / "mnistviz")
    shutil.copytree(ROOT / "data", root / "data")
    with (root / "data" / "mnist" / "t10k-labels-idx1-ubyte.gz").open("r+b") as file:
        file.write(b"\0\0\0\0")
    return root


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="where nobody may write, not even root")
def test_damaged_data_and_a_folder_that_cannot_be_written_to_are_told_in_words(checkout):
    told = doctor(cwd="/proc", PYTHONPATH=checkout / "src")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    flat = " ".join(told.stdout.split())
    assert "fail MNIST" in flat
    assert "t10k-labels-idx1-ubyte.gz is damaged Install mnistviz anew." in flat
    assert "fail this folder cannot write /proc/video.mp4" in flat
    assert "ok trial film" in flat
    assert told.stdout.endswith("No film can be made: see 'fail'.\n")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands before ffmpeg")
def test_an_encoder_that_ffmpeg_lacks_is_noted_and_a_film_can_be_made_without_it(tmp_path):
    import imageio_ffmpeg

    script = tmp_path / "ffmpeg"
    script.write_text(
        f"#!/bin/sh\n'{imageio_ffmpeg.get_ffmpeg_exe()}' \"$@\" | sed /libvpx-vp9/d\n"
    )
    script.chmod(0o755)
    told = doctor("--json", cwd=tmp_path, IMAGEIO_FFMPEG_EXE=script)
    assert told.returncode == 0, told.stdout
    found = findings(told)
    assert found["VP9 in WebM"]["state"] == "note"
    assert "lacks the encoder libvpx-vp9" in found["VP9 in WebM"]["told"]
    assert "name another ffmpeg" in found["VP9 in WebM"]["advice"]
    assert found["trial film"]["state"] == "ok"


def test_the_encoder_of_every_kind_of_film_is_looked_for():
    needed = {
        (kind[1:], ENCODERS[codec]["standard"][1])
        for kind, codecs in CODECS.items()
        for codec in codecs
        if codec != "h264"  # which the trial film is in
    }
    looked_for = {(kind.split()[-1].lower(), name) for kind, name in video.ENCODERS.items()}
    assert looked_for == needed | {("gif", "gif"), ("webp", "libwebp_anim")}


@pytest.mark.parametrize("room", ["compose", "introduction", "training_film/wording", "wording"])
def test_every_letter_that_a_picture_says_is_among_those_that_are_looked_for(room):
    tree = ast.parse((PACKAGE / f"{room}.py").read_text(encoding="utf-8"))
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = {
        letter
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about
        for letter in node.value
    }
    assert said - set(LETTERS) <= {" ", "\n"}
