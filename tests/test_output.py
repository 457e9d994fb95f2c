import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mnistviz.errors import OutputError
from mnistviz.output import check_target, replacing

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX files and permissions")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_takes_its_place_and_nothing_lies_beside_it(tmp_path):
    target = tmp_path / "film.mp4"
    with replacing(target) as part:
        part.write_bytes(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["film.mp4"]


@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt, SystemExit])
def test_an_old_file_stays_when_the_work_fails(tmp_path, error):
    target = tmp_path / "film.mp4"
    target.write_bytes(b"old")

    def fail():
        with replacing(target) as part:
            part.write_bytes(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["film.mp4"]


def test_what_stands_beside_a_file_comes_with_it_and_not_without(tmp_path):
    target, beside = tmp_path / "film.mp4", tmp_path / "film.vtt"
    beside.write_bytes(b"old")
    with replacing(target, {beside: b"new"}):
        assert beside.read_bytes() == b"old"
    assert (target.read_bytes(), beside.read_bytes()) == (b"", b"new")

    def lose_its_place():
        with replacing(target, {beside: b"newer"}):
            target.unlink()
            target.mkdir()

    with pytest.raises(OutputError, match=r"cannot write .*film\.mp4: "):
        lose_its_place()
    assert beside.read_bytes() == b"new"
    assert names(tmp_path) == ["film.mp4", "film.vtt"]


@posix_only
def test_a_new_file_has_the_permissions_of_any_new_file_and_an_old_one_keeps_its_own(tmp_path):
    (tmp_path / "plain").touch()
    old = tmp_path / "old.png"
    old.touch()
    old.chmod(0o604)
    for target in (old, tmp_path / "new.png"):
        with replacing(target):
            pass
    modes = [stat.S_IMODE((tmp_path / n).stat().st_mode) for n in ("plain", "new.png", "old.png")]
    assert modes[0] == modes[1]
    assert modes[2] == 0o604


@posix_only
def test_a_symbolic_link_stays_and_the_file_it_names_is_replaced(tmp_path):
    real, link = tmp_path / "real.mp4", tmp_path / "link.mp4"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with replacing(link) as part:
        part.write_bytes(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_check_leaves_nothing_behind_and_returns_the_suffix_in_lower_case(tmp_path):
    assert check_target(tmp_path / "film.MP4", (".mp4", ".gif")) == ".mp4"
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["film.avi", "film", ".mp4", "film.mp4.txt", ""])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(OutputError, match=r"expected a name that ends in \.mp4 or \.gif"):
        check_target(tmp_path / name, (".mp4", ".gif"))


def test_a_folder_as_target_is_refused(tmp_path):
    folder = tmp_path / "folder.mp4"
    folder.mkdir()
    with pytest.raises(OutputError, match=r"cannot write .*folder\.mp4: it is a folder"):
        check_target(folder, (".mp4",))


@posix_only
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_a_device_as_target_is_refused(tmp_path, kind):
    target = tmp_path / "film.mp4"
    if kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to("/dev/null")
    with pytest.raises(OutputError, match="not a regular file"):
        check_target(target, (".mp4",))


@pytest.mark.parametrize("name", ["missing/film.mp4", "file/film.mp4", "a\0b.mp4"])
def test_a_target_in_no_folder_is_refused_with_the_reason(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*(No such|Not a directory|null)"):
        check_target(tmp_path / name, (".mp4",))


@posix_only
def test_a_name_that_the_file_system_refuses_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="too long"):
        check_target(tmp_path / ("x" * 300 + ".mp4"), (".mp4",))


AS_NOBODY = """
import os, sys
from pathlib import Path
from mnistviz.errors import OutputError
from mnistviz.output import check_target
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    check_target(Path(sys.argv[1]), (".mp4",))
except OutputError as error:
    print(error)
"""


@posix_only
@pytest.mark.parametrize(("target", "mode"), [("folder", 0o555), ("file", 0o444)])
def test_a_target_without_permission_is_refused(target, mode):
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to nobody
        film = Path(folder, "film.mp4")
        film.touch()
        Path(folder).chmod(0o777)
        (Path(folder) if target == "folder" else film).chmod(mode)
        result = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, film], capture_output=True, text=True, check=True
        )
        Path(folder).chmod(0o755)
    assert result.stdout.startswith(f"cannot write {film}: ")
