import os
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commands import names
from mnistviz.errors import OutputError
from mnistviz.output import check_target, replacing

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX files and permissions")


def test_a_new_file_appears_complete_and_nothing_else_is_left(tmp_path):
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


def test_companion_files_are_replaced_with_the_file_and_not_without_it(tmp_path):
    target, companion = tmp_path / "film.mp4", tmp_path / "film.vtt"
    companion.write_bytes(b"old")
    with replacing(target, {companion: b"new"}):
        assert companion.read_bytes() == b"old"
    assert (target.read_bytes(), companion.read_bytes()) == (b"", b"new")

    def lose_its_place():
        with replacing(target, {companion: b"newer"}):
            target.unlink()
            target.mkdir()

    with pytest.raises(OutputError, match=r"cannot write .*film\.mp4: "):
        lose_its_place()
    assert companion.read_bytes() == b"new"
    assert names(tmp_path) == ["film.mp4", "film.vtt"]


@posix_only
def test_a_new_file_has_default_permissions_and_an_old_one_keeps_its_own(tmp_path):
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


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("folder.mp4", "it is a folder"),
        pytest.param("pipe.mp4", "not a regular file", marks=posix_only),
        pytest.param("device.mp4", "not a regular file", marks=posix_only),
        ("missing/film.mp4", "No such"),
        ("file/film.mp4", "Not a directory|No such"),
        ("a\0b.mp4", "null"),
        pytest.param("x" * 300 + ".mp4", "too long", marks=posix_only),
    ],
)
def test_a_target_that_cannot_be_a_file_is_refused_with_the_reason(tmp_path, name, message):
    (tmp_path / "file").touch()
    (tmp_path / "folder.mp4").mkdir()
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe.mp4")
        (tmp_path / "device.mp4").symlink_to("/dev/null")
    with pytest.raises(OutputError, match=f"cannot write .*({message})"):
        check_target(tmp_path / name, (".mp4",))


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


def test_of_two_that_write_at_once_one_whole_file_is_there(tmp_path):
    def write(letter):
        for _ in range(20):
            with replacing(tmp_path / "a.txt") as part:
                part.write_text(1000 * letter)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "abcd"))
    assert (tmp_path / "a.txt").read_text() in [1000 * letter for letter in "abcd"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
