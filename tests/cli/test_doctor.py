"""`mnistviz doctor` on a machine without faults, and on some with them."""

import ast
import json
import os
import shutil
from pathlib import Path

import pytest

from commands import run_process
from mnistviz import doctor as examined
from mnistviz.config import CODECS
from mnistviz.formats.codecs import ENCODERS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "mnistviz"


def doctor(*arguments, cwd, **environment):
    variables = os.environ | {name: str(value) for name, value in environment.items()}
    return run_process("doctor", *arguments, cwd=cwd, env=variables)


def findings(result):
    """Return the findings, by subject, of the command's JSON."""
    assert result.stderr == ""
    return {each.pop("subject"): each for each in json.loads(result.stdout)["findings"]}


def test_without_a_fault_each_check_is_listed_and_the_exit_status_is_0(tmp_path):
    result = doctor(cwd=tmp_path, MNISTVIZ_CACHE=tmp_path / "cache")
    assert result.returncode == 0, result.stdout
    states = {line[6:22].strip(): line[:6].strip() for line in result.stdout.splitlines()}
    for subject in ("Python", "numpy", "pillow", "ffmpeg", "GIF", "trial film", "letters", "MNIST",
                    "this folder", "temporary", "cache"):  # fmt: skip
        assert states[subject] == "ok", subject
    assert states["Fashion-MNIST"] == "note"
    assert states["languages"] in ("ok", "note")  # some need a typeface
    assert "not fetched\n" in result.stdout
    assert "'mnistviz fetch fashion' gets it" in result.stdout
    assert result.stdout.endswith("\nA film can be made.\n")
    assert list(tmp_path.iterdir()) == [], "something was left behind"


def test_what_a_film_that_was_broken_off_has_left_is_listed_and_removed(tmp_path):
    ours, theirs = tmp_path / "v.mp4.unfinished", tmp_path / "mine.unfinished"
    for folder, name in ((ours, f"000000-{'0' * 16}-{'0' * 32}-.segment"), (theirs, "thesis.txt")):
        folder.mkdir()
        (folder / name).write_bytes(b"x" * 10**6)
    listed = findings(doctor("--json", cwd=tmp_path))["unfinished"]
    assert (listed["state"], listed["text"]) == ("note", "v.mp4.unfinished, 1.0 MB")
    assert "goes on where it stopped" in listed["advice"]
    assert ours.exists()
    removed = findings(doctor("--json", "--remove-unfinished", cwd=tmp_path))["unfinished"]
    assert (removed["state"], removed["text"]) == ("ok", "removed v.mp4.unfinished, 1.0 MB")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.unfinished"]
    assert findings(doctor("--json", cwd=tmp_path))["unfinished"]["state"] == "ok"


def test_each_of_several_faults_is_listed_with_what_to_do(tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "numpy.py").write_text(
        "raise ImportError('PLEASE READ THIS') from OSError('no BLAS\\n\\nlong explanation')\n"
    )
    result = doctor(
        "--json",
        cwd=tmp_path,
        PYTHONPATH=broken,
        IMAGEIO_FFMPEG_EXE=tmp_path / "gone.exe",
        MNISTVIZ_CACHE=broken / "numpy.py" / "cache",
    )
    assert result.returncode == 1
    found = findings(result)
    states = {subject: each["state"] for subject, each in found.items()}
    assert states["numpy"] == states["ffmpeg"] == "fail"
    assert states["click"] == states["MNIST"] == "ok"
    assert states["cache"] == "note"
    assert "trial film" not in states
    assert found["numpy"]["text"] == "OSError: no BLAS"
    assert "-m pip install --force-reinstall 'numpy>=" in found["numpy"]["advice"]
    assert "gone.exe does not run" in found["ffmpeg"]["text"]
    assert "unset that, or name another" in found["ffmpeg"]["text"]
    assert "MNISTVIZ_CACHE" in found["cache"]["advice"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="where nobody may write, not even root")
def test_damaged_data_and_a_folder_that_cannot_be_written_to_are_explained(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "src" / "mnistviz")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with (tmp_path / "data" / "mnist" / "t10k-labels-idx1-ubyte.gz").open("r+b") as file:
        file.write(b"\0\0\0\0")
    result = doctor(cwd="/proc", PYTHONPATH=tmp_path / "src")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    flat = " ".join(result.stdout.split())
    assert "fail MNIST" in flat
    assert "t10k-labels-idx1-ubyte.gz is damaged Reinstall mnistviz." in flat
    assert "fail this folder cannot write /proc/video.mp4" in flat
    assert "ok trial film" in flat
    assert result.stdout.endswith("No film can be made: see 'fail'.\n")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands before ffmpeg")
def test_an_encoder_that_ffmpeg_lacks_is_noted_and_a_film_can_be_made_without_it(tmp_path):
    import imageio_ffmpeg

    script = tmp_path / "ffmpeg"
    script.write_text(
        f"#!/bin/sh\n'{imageio_ffmpeg.get_ffmpeg_exe()}' \"$@\" | sed /libvpx-vp9/d\n"
    )
    script.chmod(0o755)
    result = doctor("--json", cwd=tmp_path, IMAGEIO_FFMPEG_EXE=script)
    assert result.returncode == 0, result.stdout
    found = findings(result)
    assert found["VP9 in WebM"]["state"] == "note"
    assert "lacks the encoder libvpx-vp9" in found["VP9 in WebM"]["text"]
    assert "name another ffmpeg" in found["VP9 in WebM"]["advice"]
    assert found["trial film"]["state"] == "ok"


def test_the_encoder_of_every_kind_of_film_is_checked():
    needed = {
        (kind[1:], ENCODERS[codec]["standard"][1])
        for kind, codecs in CODECS.items()
        for codec in codecs
        if codec != "h264"  # which the trial film is in
    }
    checked = {(kind.split()[-1].lower(), name) for kind, name in examined.ENCODERS.items()}
    assert checked == needed | {("gif", "gif"), ("webp", "libwebp_anim")}


def test_every_letter_that_a_frame_contains_is_checked():
    for path in (
        *(PACKAGE / "frame").glob("*.py"),
        *(PACKAGE / "training").glob("*.py"),
        PACKAGE / "film" / "introduction.py",
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        texts = {
            it.value for it in constants if isinstance(it.value, str) and id(it) not in docstrings
        }
        assert set("".join(texts)) - set(examined.LETTERS) <= {" ", "\n"}, path.name
